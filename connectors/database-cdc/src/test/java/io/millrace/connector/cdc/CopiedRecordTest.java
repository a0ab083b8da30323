package io.millrace.connector.cdc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class CopiedRecordTest {

  /** Kafka Connect keeps what a transaction holds as a map's keys. */
  @Test
  void aCopyOfAnySizeTakesTheRoomOfOneRowATable() {
    Map<SourceRecord, Integer> kept = new HashMap<>();
    for (int i = 0; i < 1000; i++) {
      kept.put(copied("a", i), i);
      kept.put(copied("b", i), i);
      kept.put(
          new SourceRecord(Map.of(), Map.of("i", i), "a", 0, null, null, null, new byte[] {1}, 0L),
          i);
    }
    assertThat(kept.keySet().stream().filter(CopiedRecord.class::isInstance)).hasSize(2);
    assertThat(kept).hasSize(1002);
  }

  private static CopiedRecord copied(String topic, int i) {
    return new CopiedRecord(Map.of(), topic, 0, null, new byte[] {(byte) i}, 0);
  }
}
