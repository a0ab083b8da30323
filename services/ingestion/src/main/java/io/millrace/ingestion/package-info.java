/** Sources: what is captured, continuously, into streams. */
package io.millrace.ingestion;
