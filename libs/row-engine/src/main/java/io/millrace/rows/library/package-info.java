/** What generated code calls: arithmetic, casts, time, and the functions of the language. */
package io.millrace.rows.library;
