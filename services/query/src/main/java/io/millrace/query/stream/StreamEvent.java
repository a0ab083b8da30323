package io.millrace.query.stream;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * One event of a stream, for a person to look at.
 *
 * @param partition of the stream's topic
 * @param offset in the partition
 * @param timestamp event time, milliseconds since the epoch
 * @param value the event as a JSON object, its columns in order; for an event that cannot be
 *     decoded an object with the reason
 */
public record StreamEvent(
    int partition,
    long offset,
    long timestamp,
    @JsonRawValue
        @Schema(
            types = "object",
            implementation = Object.class,
            additionalProperties = Schema.AdditionalPropertiesValue.TRUE)
        String value) {}
