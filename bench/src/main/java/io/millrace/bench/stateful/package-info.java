/**
 * Stateful queries beside Flink SQL and Kafka Streams: from Kafka to Kafka, exactly once, and the
 * engine alone.
 */
package io.millrace.bench.stateful;
