package io.millrace.analytics.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.loop.StopLoopException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class GroupLogTest {

  private static final long LIFE = 3;
  private static final long TAG = LIFE << 16;
  private static final long OTHER = (LIFE << 16) + 1;

  private final List<Row> rows = new ArrayList<>();
  private final Loaded loaded = new Loaded();

  private record Row(byte[] key, byte[] value) {}

  private void write(long tag, String key, byte[] content) {
    GroupCodec.write(tag, bytes(key), content, (k, v) -> rows.add(new Row(k, v)));
  }

  private void end(long epoch, long sequence) {
    GroupCodec.writeEnd(epoch, sequence, (k, v) -> rows.add(new Row(k, v)));
  }

  private GroupLog read() {
    GroupLog log = new GroupLog(loaded);
    rows.forEach(row -> log.add(row.key(), row.value()));
    return log;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Snapshot snapshot(long epoch, long sequence) {
    return new Snapshot(1, epoch, sequence, List.of(), new long[0], new byte[0], 0);
  }

  @Test
  void theLastOfEachGroupCounts() {
    write(TAG, "a", bytes("1"));
    write(TAG, "b", bytes("1"));
    write(TAG, "a", bytes("2"));
    write(TAG, "b", null);
    write(TAG, "c", new byte[0]);
    GroupLog log = read();
    assertThat(loaded.groups).containsOnlyKeys("a", "c");
    assertThat(loaded.groups.get("a")).isEqualTo(bytes("2"));
    assertThat(loaded.groups.get("c")).isEmpty();
    assertThat(log.stale()).isEmpty();
    assertThat(log.highestLife()).isEqualTo(LIFE);
  }

  @Test
  void whatNobodyRemembersAnyMoreIsStale() {
    write(OTHER, "a", new byte[GroupCodec.RECORD * 2]);
    write(OTHER, "b", bytes("1"));
    write(OTHER, "b", null);
    write(TAG, "a", bytes("1"));
    GroupLog log = read();
    assertThat(loaded.groups).containsOnlyKeys("a");
    assertThat(log.stale())
        .containsExactly(rows.get(0).key(), rows.get(1).key(), rows.get(2).key());
    log.stale().forEach(key -> rows.add(new Row(key, null)));
    assertThat(read().stale()).isEmpty();
  }

  @Test
  void largeGroupsComeInPieces() {
    byte[] large = new byte[3 * GroupCodec.RECORD];
    new Random(1).nextBytes(large);
    write(TAG, "a", large);
    assertThat(rows).hasSize(4);
    assertThat(rows)
        .allSatisfy(row -> assertThat(row.key().length + row.value().length).isLessThan(1_000_000));
    read();
    assertThat(loaded.groups.get("a")).isEqualTo(large);
    Row last = rows.getLast();
    write(TAG, "a", Arrays.copyOf(large, GroupCodec.RECORD));
    assertThat(read().stale()).isEmpty();
    assertThat(loaded.groups.get("a")).hasSize(GroupCodec.RECORD);
    // Compacted: of the first time only what the second one did not replace.
    rows.subList(0, 2).clear();
    assertThat(read().stale()).contains(last.key()).hasSize(2);
    assertThat(loaded.groups.get("a")).hasSize(GroupCodec.RECORD);
  }

  @Test
  void theEndSaysWhichSnapshotItBelongsTo() {
    write(TAG, "a", bytes("1"));
    GroupLog log = read();
    assertThat(log.isNeeded()).isTrue();
    assertThat(log.reaches(snapshot(LIFE, 5))).isFalse();
    end(LIFE, 5);
    log = read();
    assertThat(log.fits(snapshot(LIFE, 5))).isTrue();
    assertThat(log.fits(snapshot(LIFE, 4))).isFalse();
    assertThat(log.reaches(snapshot(LIFE, 4))).isTrue();
    assertThat(log.reaches(snapshot(LIFE - 1, 8))).isTrue();
    assertThat(log.reaches(snapshot(LIFE, 6))).isFalse();
    assertThat(log.reaches(snapshot(LIFE + 1, 5))).isFalse();
    assertThat(log.stale()).isEmpty();
  }

  @Test
  void aKeyThatIsTooLargeIsSaid() {
    GroupWriter writer = new GroupWriter("groups", 0, 0, null);
    byte[] key = new byte[GroupCodec.LONGEST_KEY + 1];
    assertThatThrownBy(() -> writer.changed(TAG, key, new byte[1]))
        .isInstanceOf(StopLoopException.class)
        .hasMessageContaining("takes 800001 bytes, and can take 800000");
  }

  private static final class Loaded implements Replay {
    final Map<String, byte[]> groups = new TreeMap<>();

    @Override
    public Set<Long> tags() {
      return Set.of(TAG);
    }

    @Override
    public void group(long tag, byte[] key, byte[] content) {
      assertThat(tag).isEqualTo(TAG);
      String name = new String(key, StandardCharsets.UTF_8);
      if (content == null) {
        groups.remove(name);
      } else {
        groups.put(name, content);
      }
    }

    @Override
    public void begin() {}

    @Override
    public void restore(byte[] state) {}

    @Override
    public boolean takeOver(Snapshot snapshot) {
      return false;
    }

    @Override
    public void clock(byte[] clock) {}

    @Override
    public void events(
        int input,
        boolean replayed,
        List<ConsumerRecord<byte[], byte[]>> records,
        long[] passedOver) {}
  }
}
