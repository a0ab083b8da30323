/** Statements whose results Flink SQL has given; bench/flink-oracle writes them. */
package io.millrace.cep.conformance;
