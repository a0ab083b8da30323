package io.millrace.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.junit.jupiter.api.Test;

class EvenPartitionerTest {

  private static final int PARTITIONS = 4;

  private final Cluster cluster =
      new Cluster(
          "cluster",
          List.of(),
          IntStream.range(0, PARTITIONS)
              .mapToObj(p -> new PartitionInfo("t", p, null, new Node[0], new Node[0]))
              .toList(),
          Set.of(),
          Set.of());
  private final EvenPartitioner partitioner = new EvenPartitioner();

  private int partition(byte[] key) {
    return partitioner.partition("t", null, key, null, new byte[0], cluster);
  }

  @Test
  void recordsWithoutKeyGoToOnePartitionAfterTheOther() {
    assertThat(IntStream.range(0, 8).map(i -> partition(null)))
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }

  @Test
  void recordsOfAKeyGoWhereKafkaPutsThem() {
    for (byte i = 0; i < 100; i++) {
      byte[] key = {i, 1, 2};
      assertThat(partition(key)).isEqualTo(BuiltInPartitioner.partitionForKey(key, PARTITIONS));
    }
  }
}
