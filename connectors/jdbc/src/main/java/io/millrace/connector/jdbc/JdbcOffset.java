package io.millrace.connector.jdbc;

/**
 * How far a sink has delivered one partition.
 *
 * @param topicId identifies the topic even when one of the same name is made anew
 * @param next the offset that comes next; {@value #UNKNOWN} when nothing was delivered yet
 */
record JdbcOffset(String topicId, String topic, int partition, long next) {

  static final long UNKNOWN = -1;
}
