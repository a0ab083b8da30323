/** What applications could not process: inspected and replayed. */
package io.millrace.control.deadletter;
