/** What people read: text tables, an event's calculation, the HTML report; made from gold. */
package io.dealimpact.report;
