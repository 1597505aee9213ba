/** Many events: mergeable states, the tests over a group, and corrections for multiple testing. */
package io.dealimpact.study.group;
