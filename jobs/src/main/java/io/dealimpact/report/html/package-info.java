/**
 * The HTML report: rows of gold as charts, tables and downloads on one page that needs no network.
 */
package io.dealimpact.report.html;
