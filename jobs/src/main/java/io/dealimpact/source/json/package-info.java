/** JSON files, streamed: documents and lines to records. */
package io.dealimpact.source.json;
