/** What a notebook needs to ask the lake: a session, its tables by name, tables and pictures. */
package io.dealimpact.notebook;
