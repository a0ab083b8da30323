/** What the benchmarks' applications of Kafka Streams have in common. */
package io.millrace.bench.streams;
