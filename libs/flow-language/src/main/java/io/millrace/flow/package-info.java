/**
 * The language: a script in, a plan or diagnostics out.
 *
 * <p>{@link io.millrace.flow.FlowCompiler} is the entry; everything that the compiler has to know
 * about the world comes through {@link io.millrace.flow.environment.Environment}.
 */
package io.millrace.flow;
