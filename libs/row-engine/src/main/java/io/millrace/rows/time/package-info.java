/** How far time has come in a stream, from its events and from what their writers say. */
package io.millrace.rows.time;
