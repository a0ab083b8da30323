/** What the compiler has to say about a script, each with its place and a way out. */
package io.millrace.flow.diagnostic;
