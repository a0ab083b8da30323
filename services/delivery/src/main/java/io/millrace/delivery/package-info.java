/** Sinks: streams delivered to their targets, continuously. */
package io.millrace.delivery;
