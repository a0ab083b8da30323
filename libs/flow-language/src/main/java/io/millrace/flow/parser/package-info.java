/**
 * The text of a script to statements. The grammar is Calcite's with the statements of {@code
 * src/main/codegen/includes/parserImpls.ftl}; queries and expressions are Calcite's nodes.
 */
package io.millrace.flow.parser;
