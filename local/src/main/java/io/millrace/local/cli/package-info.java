/** The command line: {@code ./millrace}. */
package io.millrace.local.cli;
