/** Silver to gold: the event study. */
package io.dealimpact.stage.study;
