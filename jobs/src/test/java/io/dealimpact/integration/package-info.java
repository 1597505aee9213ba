/**
 * The ways in, opened as their users open them: processes and files, from the built jar. {@code mvn
 * verify} runs these after packaging.
 */
package io.dealimpact.integration;
