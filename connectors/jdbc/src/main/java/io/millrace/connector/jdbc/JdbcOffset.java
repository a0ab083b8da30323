package io.millrace.connector.jdbc;

/**
 * How far a sink has delivered one partition.
 *
 * @param topicId identifies the topic even when one of the same name is made anew
 * @param next the offset that comes next; {@link
 *     io.millrace.connector.sink.DeliveredPositions#UNKNOWN} when nothing was delivered yet
 */
record JdbcOffset(String topicId, String topic, int partition, long next) {}
