/** Compiling scripts with what this installation has. */
package io.millrace.control.compile;
