/** Pages of the documentation that are made of the code, and the tests that hold pages to it. */
package io.dealimpact.docs;
