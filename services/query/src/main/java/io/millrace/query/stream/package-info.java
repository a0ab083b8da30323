/** The events of one stream: the last ones, and the new ones as they are committed. */
package io.millrace.query.stream;
