/** Every bad input has its row, and every good one its values. */
package io.dealimpact.source;
