package io.millrace.cep.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Collected;
import io.millrace.cep.Nodes;
import io.millrace.flow.stateful.Node;
import io.millrace.schemas.type.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An operator that has next to no memory gives what one gives that has plenty. */
class SpilledGroupsTest {

  private static final Node INPUT = Nodes.leaf(DataType.STRING, DataType.INT, DataType.DOUBLE);
  private static final int EVENTS = 20_000;

  private static GroupOperator operator(
      Node input, boolean distinct, long retention, Collected out) {
    return GroupOperator.of(
        new Node.GroupAggregate(
            input,
            List.of(0, 2),
            distinct
                ? List.of()
                : List.of(
                    Nodes.call(input, "SUM", DataType.BIGINT, 1),
                    Nodes.call(input, "LISTAGG", DataType.STRING, 0)),
            retention,
            input.row()),
        out);
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 0", "false, 400", "true, 400", "false, 7"})
  void memoryChangesNothing(boolean distinct, long retention) {
    Random random = new Random(retention + (distinct ? 1 : 0));
    Collected plain = new Collected();
    Collected out = new Collected();
    GroupOperator expected = operator(INPUT, distinct, retention, plain);
    GroupOperator groups = operator(INPUT, distinct, retention, out);
    Disks disks = new Disks();
    Map<ByteBuffer, byte[]> log = new LinkedHashMap<>();
    long onDisk = 0;
    for (int i = 0; i < EVENTS; i++) {
      int key = random.nextInt(random.nextInt(1, 3_000));
      double third = key / 100 == 3 ? nan(random) : key / 100;
      Object[] row = {"k" + key % 100, random.nextInt(100), third};
      long time = i - random.nextInt(300);
      expected.event(0, row, time);
      groups.event(0, row, time);
      if (random.nextInt(50) == 0) {
        expected.advance(i);
        groups.advance(i);
      }
      if (random.nextInt(20) == 0 && !groups.spill(1_000 + random.nextInt(50_000), disks::open)) {
        write(groups, log);
      }
      onDisk = Math.max(onDisk, groups.spilled());
      if (random.nextInt(500) == 0) {
        write(groups, log);
        groups.close();
        GroupOperator before = groups;
        groups =
            (GroupOperator)
                Collected.moved(before, rows -> operator(INPUT, distinct, retention, out), out);
        for (Map.Entry<ByteBuffer, byte[]> entry : log.entrySet()) {
          groups.load(entry.getKey().array(), entry.getValue());
          if (random.nextInt(100) == 0) {
            groups.spill(1_000 + random.nextInt(50_000), disks::open);
          }
        }
      }
      assertThat(out.take()).isEqualTo(plain.take());
    }
    if (retention != 7) { // Then hardly any are left to be there.
      assertThat(onDisk).isGreaterThan(100);
    }
    groups.close();
    assertThat(disks.open).allSatisfy(disk -> assertThat(disk.isEmpty()).isTrue());
  }

  private static void write(GroupOperator groups, Map<ByteBuffer, byte[]> log) {
    groups.tag(1);
    groups.write((tag, key, content) -> log.put(ByteBuffer.wrap(key), content));
  }

  /** Equal to all others, but not in its bytes. */
  private static double nan(Random random) {
    return Double.longBitsToDouble(0x7ff8000000000000L + random.nextInt(3));
  }

  @Test
  void whatIsUsedStaysInMemory() {
    Collected out = new Collected();
    GroupOperator groups = operator(INPUT, false, 0, out);
    for (int key = 0; key < 1_000; key++) {
      groups.event(0, new Object[] {"k" + key, 1, 0.0}, key);
    }
    Disks disks = new Disks();
    long half = groups.remembers() / 2;
    assertThat(groups.spill(half, disks::open)).isFalse();
    groups.tag(1);
    groups.write((tag, key, content) -> {});
    assertThat(groups.spill(half, disks::open)).isTrue();
    assertThat(groups.remembers()).isLessThanOrEqualTo(half);
    for (int i = 0; i < 2; i++) {
      for (int key = 0; key < 50; key++) {
        groups.event(0, new Object[] {"k" + key, 1, 0.0}, key);
      }
      groups.write((tag, key, content) -> {});
      long spilled = groups.spilled();
      groups.spill(groups.remembers() * 3 / 4, disks::open);
      assertThat(groups.spilled()).isGreaterThan(spilled);
    }
    long spilled = groups.spilled();
    for (int key = 0; key < 50; key++) {
      groups.event(0, new Object[] {"k" + key, 1, 0.0}, key);
    }
    assertThat(groups.spilled()).isEqualTo(spilled);
    assertThat(out.rows().getLast()).startsWith("[k49, 0.0, 4, k49").endsWith("k49]@49");
  }

  @Test
  void keysThatAreListsStayInMemory() {
    Node lists = Nodes.leaf(DataType.array(DataType.STRING), DataType.INT, DataType.DOUBLE);
    GroupOperator groups = operator(lists, true, 0, new Collected());
    for (int key = 0; key < 1_000; key++) {
      groups.event(0, new Object[] {List.of("k" + key), 1, 0.0}, key);
    }
    groups.write((tag, key, content) -> {});
    assertThat(groups.spill(0, new Disks()::open)).isTrue();
    assertThat(groups.spilled()).isZero();
  }

  private static final class Disks {
    final List<MapDisk> open = new ArrayList<>();

    GroupDisk open() {
      open.add(new MapDisk());
      return open.getLast();
    }
  }
}
