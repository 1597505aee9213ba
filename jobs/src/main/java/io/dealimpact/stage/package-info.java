/** The contract of a stage: its inputs, its one output, and what it works with. */
package io.dealimpact.stage;
