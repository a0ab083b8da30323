package io.millrace.connector.kafka.source;

import org.apache.kafka.common.header.Headers;

/**
 * A record that was read, or comes back from the dead letters with its value alone.
 *
 * @param timestamp milliseconds since the epoch
 * @param headers null when they are not known
 */
record Message(
    String topic,
    int partition,
    long offset,
    long timestamp,
    byte[] key,
    byte[] value,
    Headers headers) {}
