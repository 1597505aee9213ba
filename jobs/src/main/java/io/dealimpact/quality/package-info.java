/** Rules that rows must meet; accepted, duplicate and quarantined rows. */
package io.dealimpact.quality;
