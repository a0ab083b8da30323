/** Flink's side of the benchmark of stateful queries. */
package io.millrace.oracle.peer;
