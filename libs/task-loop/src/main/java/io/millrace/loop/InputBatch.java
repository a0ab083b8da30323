package io.millrace.loop;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The events of one input that a call gets.
 *
 * @param input which input
 * @param records in the order of their offsets; never empty
 * @param replay whether these were dead letters that are to be processed again; topic, partition,
 *     offset, key and timestamp are those of the original
 */
public record InputBatch(
    LoopInput input, List<ConsumerRecord<byte[], byte[]>> records, boolean replay) {}
