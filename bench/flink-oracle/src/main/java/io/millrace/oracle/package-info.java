/**
 * Runs the conformance cases of libs/cep-engine in Flink SQL and writes down what comes out, so
 * that what our engine has to give is known from somebody else.
 */
package io.millrace.oracle;
