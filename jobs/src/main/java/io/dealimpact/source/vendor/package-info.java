/** The layouts of vendors' files, one class for each, and the readers they share. */
package io.dealimpact.source.vendor;
