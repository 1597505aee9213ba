/** Landing files to bronze. */
package io.dealimpact.stage.ingest;
