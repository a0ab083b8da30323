/** From the bytes of one record (a line, or more where values are quoted) to an event. */
package io.millrace.connector.file.source.parse;
