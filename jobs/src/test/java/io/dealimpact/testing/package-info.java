/** What the tests of several packages share. */
package io.dealimpact.testing;
