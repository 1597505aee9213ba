/** Return models: their designs, their estimators, and their fits. */
package io.dealimpact.study.model;
