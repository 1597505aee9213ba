/**
 * The mathematics of the event study on {@code double[]}: windows, return models, abnormal returns,
 * inference. JDK and Hipparchus only.
 */
package io.dealimpact.study;
