/**
 * One event: {@link EventDay#resolve} finds day 0, {@link InstrumentStudy} measures all events of
 * one instrument under a {@link StudyPlan}, {@link Dollars} and {@link DealNet} value the result.
 * {@link EventSample} is what an event hands to the tests over many events.
 */
package io.dealimpact.study.event;
