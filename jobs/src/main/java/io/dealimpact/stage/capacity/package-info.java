/** Silver to gold: commitments of compute, their cost, and the claims on them. */
package io.dealimpact.stage.capacity;
