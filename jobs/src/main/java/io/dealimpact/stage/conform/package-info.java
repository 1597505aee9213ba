/** Bronze to silver: typed rows, unique on their keys, the rest in quarantine. */
package io.dealimpact.stage.conform;
