/** The types of the language as Calcite sees them, and the way to and from Millrace's own. */
package io.millrace.flow.type;
