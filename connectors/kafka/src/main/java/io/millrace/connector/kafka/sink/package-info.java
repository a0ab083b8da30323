/**
 * The sink {@code kafka}: events as JSON, Avro or CSV on a topic of any cluster, exactly once.
 *
 * <p>Each partition of a stream has a producer of its own, whose transactional id fences whoever
 * delivered that partition before; records and the position they came from are written in one
 * transaction, the position to the compacted topic {@code millrace.sink-offsets} of the target.
 */
package io.millrace.connector.kafka.sink;
