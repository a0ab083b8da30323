package io.millrace.loop;

import io.millrace.schemas.event.Watermark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/** Collects what one call of a processor emits. */
final class BatchOutput implements TaskOutput {

  /** Below the broker's limit for a record batch (1,048,588 bytes) with room for its header. */
  static final int LARGEST_RECORD = 1_000_000;

  private final LoopConfig config;
  private final DeadLetters deadLetters;
  private final Set<String> counted;
  private PendingBatch batch = new PendingBatch();
  private List<Header> headers = List.of();

  /** By the topic of the event that something came from, where there are several. */
  private final Map<String, List<Header>> headersByInput = new HashMap<>();

  BatchOutput(LoopConfig config) {
    this.config = config;
    this.deadLetters = new DeadLetters(config);
    this.counted = config.outputs().stream().map(LoopInput::topic).collect(Collectors.toSet());
  }

  /** Says which task emits what follows. */
  void task(int task) {
    headers = Channel.headers(Channel.number(task, config.writer()));
    headersByInput.clear();
    List<LoopInput> inputs = config.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      headersByInput.put(
          inputs.get(i).topic(),
          Channel.headers(Channel.number(task, i, inputs.size(), config.writer())));
    }
  }

  /** Forgets what was emitted since the last {@link #take}. */
  void clear() {
    batch = new PendingBatch();
  }

  PendingBatch take() {
    PendingBatch taken = batch;
    batch = new PendingBatch();
    return taken;
  }

  @Override
  public void emit(
      ConsumerRecord<byte[], byte[]> cause,
      String topic,
      byte[] key,
      byte[] value,
      long timestamp) {
    int size = (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
    if (size > LARGEST_RECORD) {
      tooLarge(cause, topic, size);
      return;
    }
    List<Header> channel =
        cause == null ? headers : headersByInput.getOrDefault(cause.topic(), headers);
    batch.event(new ProducerRecord<>(topic, null, Math.max(0, timestamp), key, value, channel));
  }

  @Override
  public void emit(String topic, int partition, byte[] key, byte[] value, long timestamp) {
    long time = Math.max(0, timestamp);
    if (counted.contains(topic)) {
      batch.event(new ProducerRecord<>(topic, partition, time, key, value, headers));
    } else {
      batch.other(new ProducerRecord<>(topic, partition, time, key, value));
    }
  }

  @Override
  public void watermark(String topic, int partitions, int channel, long time, Watermark.Kind kind) {
    for (int partition = 0; partition < partitions; partition++) {
      batch.other(WatermarkRecord.of(topic, partition, channel, time, kind));
    }
  }

  @Override
  public void reject(
      ConsumerRecord<byte[], byte[]> record, String code, String reason, String text) {
    if (config.onError() == LoopConfig.OnError.STOP) {
      throw new StopLoopException(
          code,
          "%s (offset %d of partition %d of %s). The application has on_error = 'stop': correct the event's cause and start it again, or let errors go to the dead letters"
              .formatted(reason, record.offset(), record.partition(), record.topic()));
    }
    batch.deadLetter(deadLetters.of(record, code, reason, text));
  }

  @Override
  public void setAside(
      ConsumerRecord<byte[], byte[]> record, String code, String reason, String text) {
    batch.deadLetter(deadLetters.of(record, code, reason, text));
  }

  @Override
  public void failed(String id, long timestamp, String code, String reason, String text) {
    if (config.onError() == LoopConfig.OnError.STOP) {
      throw new StopLoopException(
          code,
          "%s. The application has on_error = 'stop': correct the query or the events, or let errors go to the dead letters"
              .formatted(reason));
    }
    batch.deadLetter(deadLetters.of(id, timestamp, code, reason, text));
  }

  @Override
  public void whenCommitted(Runnable action) {
    batch.afterCommit(action);
  }

  private void tooLarge(ConsumerRecord<byte[], byte[]> cause, String topic, int size) {
    String reason =
        "an event of %d bytes for %s: at most %d are taken; select fewer or shorter columns"
            .formatted(size, topic, LARGEST_RECORD);
    if (cause == null) {
      throw new StopLoopException("EVENT_TOO_LARGE", reason);
    }
    reject(cause, "EVENT_TOO_LARGE", reason, null);
  }
}
