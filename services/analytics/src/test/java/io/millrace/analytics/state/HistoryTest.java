package io.millrace.analytics.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final long MINE = 4711;
  private static final long OTHER = -3;

  private final History history = new History(MINE, true);

  private static Entry.Events entry(long epoch, long sequence, long from, long to) {
    Part part = new Part(0, false, 2, from, to, new long[] {from + 1});
    return new Entry.Events(epoch, sequence, List.of(part), null, sequence);
  }

  private void journal(long fingerprint, Entry entry) {
    history.journalRecord(EntryCodec.write(fingerprint, entry), entry.stamp());
  }

  private void snapshot(long fingerprint, long epoch, long sequence, long position, int size) {
    Snapshot snapshot =
        new Snapshot(epoch, sequence, new long[] {position}, new byte[size], sequence);
    SnapshotCodec.write(fingerprint, snapshot).forEach(r -> history.snapshotRecord(r, sequence));
  }

  private Memory memory(long committed) {
    return history.memory(new long[] {committed}, false);
  }

  @Test
  void entriesAreReadAsTheyWereWritten() {
    Entry.Events events = entry(3, 8, 100, 200);
    Entry.Events read = (Entry.Events) EntryCodec.read(EntryCodec.write(MINE, events), 8).entry();
    assertThat(read).usingRecursiveComparison().isEqualTo(events);
    Entry.Tick tick =
        new Entry.Tick(3, 9, new byte[] {1, 2}, new Entry.Before(new byte[] {3}, 4, -5), 77);
    assertThat(EntryCodec.read(EntryCodec.write(OTHER, tick), 77))
        .usingRecursiveComparison()
        .isEqualTo(new EntryCodec.Marked(OTHER, tick));
    assertThat(EntryCodec.write(MINE, events)).hasSizeLessThan(50);
  }

  @Test
  void nothingAtAllIsAnEmptyMemory() {
    Memory memory = memory(100);
    assertThat(memory.snapshot()).isNull();
    assertThat(memory.entries()).isEmpty();
    assertThat(memory.sequence()).isZero();
    assertThat(memory.positions(1)).containsExactly(-1);
  }

  @Test
  void theNewestWholeSnapshotAndWhatCameAfterIt() {
    journal(MINE, entry(1, 1, 0, 10));
    journal(MINE, entry(1, 2, 10, 20));
    journal(MINE, entry(1, 3, 20, 30));
    snapshot(MINE, 1, 1, 10, 10);
    snapshot(MINE, 1, 2, 20, SnapshotCodec.PIECE * 2 + 1);
    List<byte[]> cut =
        SnapshotCodec.write(MINE, new Snapshot(1, 3, new long[] {30}, new byte[9], 3));
    history.snapshotRecord(cut.getFirst(), 3); // Without the record that completes it.
    Memory memory = memory(30);
    assertThat(memory.snapshot().sequence()).isEqualTo(2);
    assertThat(memory.snapshot().state()).hasSize(SnapshotCodec.PIECE * 2 + 1);
    assertThat(memory.entries()).extracting(Entry::sequence).containsExactly(3L);
    assertThat(memory.positions(1)).containsExactly(30);
    assertThat(memory.epoch()).isEqualTo(1);
  }

  @Test
  void whatAnotherQueryRememberedIsNoneOfOurs() {
    journal(MINE, entry(1, 1, 0, 10));
    snapshot(MINE, 1, 1, 10, 5);
    journal(OTHER, entry(2, 1, 10, 20));
    assertThat(memory(20).sequence()).isZero();
    journal(MINE, entry(3, 1, 20, 30));
    Memory memory = memory(30);
    assertThat(memory.snapshot()).isNull();
    assertThat(memory.entries()).hasSize(1);
    assertThat(memory.epoch()).isEqualTo(3);
  }

  @Test
  void aLaterLifeReplacesWhatItDidNotBuildUpon() {
    journal(MINE, entry(1, 1, 0, 10));
    journal(MINE, entry(1, 2, 10, 20));
    snapshot(MINE, 1, 2, 20, 5);
    journal(MINE, entry(2, 2, 10, 15));
    journal(MINE, entry(1, 3, 20, 30)); // By one that did not know of its end.
    Memory memory = memory(15);
    assertThat(memory.snapshot()).isNull();
    assertThat(memory.entries())
        .extracting(Entry::epoch, Entry::sequence)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, 1L),
            org.assertj.core.groups.Tuple.tuple(2L, 2L));
  }

  @Test
  void whatIsAheadOfTheOffsetsIsAnErrorOrLeftOut() {
    journal(MINE, entry(1, 1, 0, 10));
    snapshot(MINE, 1, 1, 10, 5);
    journal(MINE, entry(1, 2, 10, 20));
    snapshot(MINE, 1, 2, 20, 5);
    assertThatThrownBy(() -> memory(15)).isInstanceOf(BrokenHistoryException.class);
    Memory memory = history.memory(new long[] {15}, true);
    assertThat(memory.snapshot().sequence()).isEqualTo(1);
    assertThat(memory.entries()).isEmpty();
    assertThat(memory.sequence()).isEqualTo(1);
  }

  @Test
  void aHoleIsAnErrorUnlessTheJournalStandsForItself() {
    journal(MINE, entry(1, 1, 0, 10));
    journal(MINE, entry(1, 3, 20, 30));
    assertThatThrownBy(() -> memory(30)).hasMessageContaining("from entry 1 to entry 3");
    History unsaved = new History(MINE, false);
    unsaved.journalRecord(EntryCodec.write(MINE, entry(1, 7, 20, 30)), 1);
    assertThat(unsaved.memory(new long[] {30}, false).entries()).hasSize(1);
  }
}
