/** Cost and price of promised compute. JDK only. */
package io.dealimpact.capacity.cost;
