/**
 * One class for each stage of the flow; {@link io.dealimpact.stage.Pipeline} lists them in order.
 */
package io.dealimpact.stage;
