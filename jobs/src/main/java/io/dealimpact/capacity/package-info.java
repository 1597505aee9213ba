/** The arithmetic of GPUs, power and cost, on ranges (low, mid, high). JDK only. */
package io.dealimpact.capacity;
