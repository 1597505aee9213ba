/**
 * Spark's rows by the names of their columns: the one reader and the one writer; and what keeps
 * rows for several uses.
 */
package io.dealimpact.row;
