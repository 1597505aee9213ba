/**
 * The mathematics of the event study on {@code double[]}. JDK and Hipparchus only. The sub-packages
 * read from left to right, and none imports one to its right: numeric, market, model, event, group,
 * calibration.
 */
package io.dealimpact.study;
