/** Bytes of a file to lines and cells: decompression, decoding, damage. */
package io.dealimpact.source.text;
