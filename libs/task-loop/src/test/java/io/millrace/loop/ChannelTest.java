package io.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelTest {

  private final ConsumerRecord<byte[], byte[]> record =
      new ConsumerRecord<>("t", 0, 0, null, new byte[0]);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 127, 128, 300, 16_383, 16_384, Integer.MAX_VALUE})
  void isReadAsItWasWritten(int task) {
    Channel.headers(task).forEach(record.headers()::add);
    assertThat(Channel.of(record)).isEqualTo(task);
  }

  @Test
  void isZeroForWhatNoTaskWrote() {
    assertThat(Channel.of(record)).isZero();
  }
}
