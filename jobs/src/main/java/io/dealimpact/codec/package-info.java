/**
 * Spark's {@code Row} to the records of the mathematics and back; the only place that calls {@code
 * Row} getters.
 */
package io.dealimpact.codec;
