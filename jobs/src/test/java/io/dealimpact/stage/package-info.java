/** Stages on small lakes. */
package io.dealimpact.stage;
