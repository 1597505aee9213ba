/** The pipeline, its runner, the run log, and progress. */
package io.dealimpact.flow;
