package io.millrace.connector.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KafkaSourceOffsetTest {

  /** In another order the next JVM did not find its position and read the topic again. */
  @Test
  void theKeyOfAPositionIsWrittenInOneOrder() {
    assertThat(KafkaSourceOffset.partition("t", "i", 3).keySet())
        .containsExactly("id", "partition", "topic");
  }
}
