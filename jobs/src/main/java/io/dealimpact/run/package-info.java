/**
 * One run of the program: its context, its log, its exit code, and every message a user can see.
 * JDK only.
 */
package io.dealimpact.run;
