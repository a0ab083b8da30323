package io.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class BatchOutputTest {

  private final BatchOutput output =
      new BatchOutput(
          LoopConfig.of(
              "default.a",
              "enrichment",
              "union",
              "i",
              Map.of(),
              List.of(new LoopInput("x", "topic-x"), new LoopInput("y", "topic-y")),
              List.of(new LoopInput("out", "topic-out"))));

  /**
   * What was read to the end of one input, before another input was read at all, made all of the
   * other's events late in a window behind the union.
   */
  @Test
  void eventsOfDifferentTasksAndInputsAreInDifferentChannels() {
    Set<Integer> channels = new HashSet<>();
    for (int task = 0; task < 3; task++) {
      output.task(task);
      emit("topic-x");
      emit("topic-x");
      emit("topic-y");
      List<ProducerRecord<byte[], byte[]>> records = output.take().outputs();
      assertThat(channel(records.get(0))).isEqualTo(channel(records.get(1)));
      records.forEach(record -> channels.add(channel(record)));
    }
    assertThat(channels).hasSize(6);
  }

  private void emit(String cause) {
    output.emit(
        new ConsumerRecord<>(cause, 0, 0, null, new byte[0]), "topic-out", null, new byte[1], 5);
  }

  private static int channel(ProducerRecord<byte[], byte[]> written) {
    ConsumerRecord<byte[], byte[]> read =
        new ConsumerRecord<>(written.topic(), 0, 0, null, written.value());
    written.headers().forEach(read.headers()::add);
    return Channel.of(read);
  }
}
