/** The command line. */
package io.dealimpact.cli;
