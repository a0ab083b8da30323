package io.millrace.analytics.state;

/**
 * An input of a query, as it was read when something was saved.
 *
 * @param topic where its events are
 * @param row its columns, as an Avro schema
 */
public record SavedInput(String topic, String row) {}
