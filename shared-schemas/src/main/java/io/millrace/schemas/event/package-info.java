/**
 * The event codec: between {@code Object[]} and Avro's single-object encoding, by position.
 *
 * <p>{@link io.millrace.schemas.event.EventEncoder} writes events of one schema; {@link
 * io.millrace.schemas.event.EventDecoder} reads events of any schema that the topic {@code
 * millrace.schemas} has announced into the layout of the schema that the reader was planned with,
 * by Avro's rules of schema evolution.
 */
package io.millrace.schemas.event;
