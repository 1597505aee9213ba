/**
 * The Delta tables: what they look like ({@link io.dealimpact.lake.Tables}), and the only ways to
 * read and write them ({@link io.dealimpact.lake.Lake}).
 */
package io.dealimpact.lake;
