/** The benchmark beside DuckDB, and the calibration of the tests. */
package io.dealimpact.bench;
