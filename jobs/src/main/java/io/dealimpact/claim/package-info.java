/** Printed figures, their readings, and the verdicts on them. JDK and capacity only. */
package io.dealimpact.claim;
