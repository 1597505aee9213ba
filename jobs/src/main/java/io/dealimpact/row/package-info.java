/** Spark's rows by the names of their columns: the one reader and the one writer. */
package io.dealimpact.row;
