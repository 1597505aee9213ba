/** Size and power of the tests on simulated and on real returns. */
package io.dealimpact.study.calibration;
