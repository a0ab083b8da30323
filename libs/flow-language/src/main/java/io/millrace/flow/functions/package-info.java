/** The functions that the language adds to Calcite's: masking, hashing, JSON, text and dates. */
package io.millrace.flow.functions;
