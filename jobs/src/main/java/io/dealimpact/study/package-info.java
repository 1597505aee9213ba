/**
 * The mathematics of the event study on {@code double[]}: windows, return models, abnormal returns,
 * inference. JDK and Hipparchus only.
 *
 * <p>One event: {@link EventDay#resolve} finds day 0, {@link InstrumentStudy} measures all events
 * of one instrument under a {@link StudyPlan}, {@link Dollars} and {@link DealNet} value the
 * result. Many events: {@link EventSample} is what they hand on.
 */
package io.dealimpact.study;
