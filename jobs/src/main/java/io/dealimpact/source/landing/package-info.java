/** The landing zone: what lies there, and its files as rows. */
package io.dealimpact.source.landing;
