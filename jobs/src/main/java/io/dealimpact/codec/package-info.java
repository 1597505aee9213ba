/** Spark's rows to the records of the mathematics and back, by the names of columns. */
package io.dealimpact.codec;
