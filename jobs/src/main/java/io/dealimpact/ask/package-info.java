/** ReadCommands from a lake: queries, explanations, and what a night prints. */
package io.dealimpact.ask;
