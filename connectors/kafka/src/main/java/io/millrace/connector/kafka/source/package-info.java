/**
 * The source {@code kafka}: records of a topic of any cluster as events, exactly once. The
 * positions are Kafka Connect's source offsets, written in the transactions that hold the events.
 */
package io.millrace.connector.kafka.source;
