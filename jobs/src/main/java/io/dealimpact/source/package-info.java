/**
 * Readers of landing formats: files in, raw rows out. Every column is text as delivered; what could
 * not be read is a row that says so.
 */
package io.dealimpact.source;
