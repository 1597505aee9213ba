/** The YAML configuration as a tree of records, read strictly. */
package io.dealimpact.config;
