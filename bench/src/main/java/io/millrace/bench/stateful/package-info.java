/** Stateful queries beside Flink SQL: from Kafka to Kafka, exactly once, and the engine alone. */
package io.millrace.bench.stateful;
