/** Exact and running sums, ranks, linear algebra, p-values, hashes, and the bytes of states. */
package io.dealimpact.study.numeric;
