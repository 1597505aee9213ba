/** Trading days and hours, announcements, prices, returns, windows, and statuses. */
package io.dealimpact.study.market;
