/** Commitments of one organisation by counterparty, and their concentration. */
package io.dealimpact.capacity.share;
