/** Landing zones that went wrong once. */
package io.dealimpact.cases;
