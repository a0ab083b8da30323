package io.millrace.analytics.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static final long MINE = 4711;
  private static final long OTHER = -3;

  private static final List<SavedInput> INPUTS = List.of(new SavedInput("a", "{}"));

  private final History history = new History(MINE, true, List.of("a"));

  private static Entry.Events entry(long epoch, long sequence, long from, long to) {
    Part part = new Part(0, false, 2, from, to, new long[] {from + 1});
    return new Entry.Events(epoch, sequence, List.of(part), null, sequence);
  }

  private void journal(long fingerprint, Entry entry) {
    history.journalRecord(EntryCodec.write(fingerprint, entry), entry.stamp());
  }

  private void snapshot(long fingerprint, long epoch, long sequence, long position, int size) {
    snapshot(
        new Snapshot(
            fingerprint, epoch, sequence, INPUTS, new long[] {position}, new byte[size], sequence));
  }

  private void snapshot(Snapshot snapshot) {
    SnapshotCodec.write(snapshot).forEach(r -> history.snapshotRecord(r, snapshot.sequence()));
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
  void aSnapshotOfWhichTheGroupsAreMissingIsPassedOver() {
    journal(MINE, entry(1, 1, 0, 10));
    snapshot(MINE, 1, 1, 10, 10);
    journal(MINE, entry(1, 2, 10, 20));
    snapshot(MINE, 1, 2, 20, 10);
    journal(MINE, entry(1, 3, 20, 30));
    Memory memory = memory(30);
    assertThat(memory.snapshot().sequence()).isEqualTo(2);
    history.leaveOut(memory.snapshot());
    memory = memory(30);
    assertThat(memory.snapshot().sequence()).isEqualTo(1);
    assertThat(memory.entries()).extracting(Entry::sequence).containsExactly(2L, 3L);
  }

  @Test
  void theNewestWholeSnapshotAndWhatCameAfterIt() {
    journal(MINE, entry(1, 1, 0, 10));
    journal(MINE, entry(1, 2, 10, 20));
    journal(MINE, entry(1, 3, 20, 30));
    snapshot(MINE, 1, 1, 10, 10);
    snapshot(MINE, 1, 2, 20, SnapshotCodec.PIECE * 2 + 1);
    List<byte[]> cut =
        SnapshotCodec.write(new Snapshot(MINE, 1, 3, INPUTS, new long[] {30}, new byte[9], 3));
    history.snapshotRecord(cut.getFirst(), 3); // Without the record that completes it.
    Memory memory = memory(30);
    assertThat(memory.snapshot().sequence()).isEqualTo(2);
    assertThat(memory.snapshot().state()).hasSize(SnapshotCodec.PIECE * 2 + 1);
    assertThat(memory.entries()).extracting(Entry::sequence).containsExactly(3L);
    assertThat(memory.positions(1)).containsExactly(30);
    assertThat(memory.epoch()).isEqualTo(1);
  }

  @Test
  void whatAQueryWithoutSnapshotsRememberedIsNoneOfOurs() {
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
    History unsaved = new History(MINE, false, List.of("a"));
    unsaved.journalRecord(EntryCodec.write(MINE, entry(1, 7, 20, 30)), 1);
    assertThat(unsaved.memory(new long[] {30}, false).entries()).hasSize(1);
  }

  @Test
  void theQueryThatWentOnLastIsGoneOnFrom() {
    snapshot(MINE, 1, 0, 0, 5);
    journal(MINE, entry(1, 1, 0, 10));
    snapshot(OTHER, 2, 1, 10, 6);
    journal(OTHER, entry(2, 2, 10, 20));
    journal(OTHER, entry(3, 3, 20, 30)); // In another life.
    Memory memory = memory(30);
    assertThat(memory.snapshot().fingerprint()).isEqualTo(OTHER);
    assertThat(memory.entries()).extracting(Entry::sequence).containsExactly(2L, 3L);
    assertThat(memory.positions(1)).containsExactly(30);
    assertThat(memory.epoch()).isEqualTo(3);

    snapshot(MINE, 4, 3, 30, 7);
    assertThat(memory(30).snapshot().state()).hasSize(7);
    assertThat(memory(30).entries()).isEmpty();
    journal(MINE, entry(4, 4, 30, 40));
    assertThat(memory(40).entries()).extracting(Entry::sequence).containsExactly(4L);
  }

  @Test
  void anotherQuerysInputsGetTheNumbersOfOurs() {
    History ours = new History(MINE, true, List.of("c", "b", "a"));
    List<SavedInput> inputs = List.of(new SavedInput("a", "{}"), new SavedInput("b", "{}"));
    SnapshotCodec.write(new Snapshot(OTHER, 1, 4, inputs, new long[] {7, -1}, new byte[1], 4))
        .forEach(r -> ours.snapshotRecord(r, 4));
    Part a = new Part(0, false, 2, 7, 9, new long[0]);
    Part b = new Part(1, false, 2, 0, 3, new long[0]);
    ours.journalRecord(EntryCodec.write(OTHER, new Entry.Events(1, 5, List.of(a, b), null, 5)), 5);
    Memory memory = ours.memory(new long[] {-1, 3, 9}, false);
    assertThat(((Entry.Events) memory.entries().getFirst()).parts())
        .extracting(Part::input)
        .containsExactly(2, 1);
    assertThat(memory.positions(3)).containsExactly(-1, 3, 9);

    History less = new History(MINE, true, List.of("a"));
    SnapshotCodec.write(new Snapshot(OTHER, 1, 4, inputs, new long[] {7, -1}, new byte[1], 4))
        .forEach(r -> less.snapshotRecord(r, 4));
    assertThat(less.memory(new long[] {7}, false).snapshot()).isNull();
  }

  /** With at-least-once delivery: its snapshot did not get through, and no offset of it either. */
  @Test
  void aLifeThatWasTornWhenItBeganNeverWas() {
    snapshot(OTHER, 1, 0, 0, 5);
    journal(OTHER, entry(1, 1, 0, 10));
    journal(MINE, entry(2, 2, 10, 20));
    Memory memory = history.memory(new long[] {10}, true);
    assertThat(memory.snapshot().fingerprint()).isEqualTo(OTHER);
    assertThat(memory.entries()).extracting(Entry::sequence).containsExactly(1L);
    snapshot(MINE, 2, 1, 10, 6);
    assertThat(history.memory(new long[] {10}, true).snapshot().fingerprint()).isEqualTo(MINE);
  }

  @Test
  void whatIsOfAFormThatIsNotKnownIsLeftAlone() {
    snapshot(OTHER, 1, 0, 0, 5);
    journal(OTHER, entry(1, 1, 0, 10));
    byte[] later = EntryCodec.write(OTHER, entry(2, 2, 10, 20));
    later[0] += 2; // Its version, zig-zag.
    history.journalRecord(later, 2);
    Memory memory = memory(20);
    assertThat(memory.snapshot()).isNull();
    assertThat(memory.entries()).isEmpty();
    assertThat(memory.epoch()).isEqualTo(2);
    byte[] snapshot =
        SnapshotCodec.write(new Snapshot(MINE, 3, 2, INPUTS, new long[] {20}, new byte[0], 3))
            .getFirst();
    snapshot[0] += 2;
    history.snapshotRecord(snapshot, 3);
    assertThat(memory(20).snapshot()).isNull();
    assertThat(memory(20).epoch()).isEqualTo(3);
  }
}
