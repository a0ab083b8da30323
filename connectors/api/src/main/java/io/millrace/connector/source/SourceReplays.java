package io.millrace.connector.source;

import io.millrace.connector.task.ReplayInput;
import io.millrace.connector.task.TaskSettings;
import io.millrace.schemas.control.DeadLetter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * Processes again what a source could not parse: its position on the replays' topic is part of the
 * source offsets, so a replay is processed exactly once, as everything else. One task of a source
 * has one. Not thread-safe.
 */
public final class SourceReplays implements AutoCloseable {

  private static final long INTERVAL_NANOS = 100_000_000L;

  private final TaskSettings settings;
  private final SourceEvents events;
  private final ReplayInput input;
  private final OffsetStorageReader offsets;
  private final Function<DeadLetter, Object[]> parser;
  private long nextLook = System.nanoTime();

  /** What a parser says of a letter that it cannot parse either. */
  public static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String code;

    public Refusal(String code, String reason) {
      super(reason, null, false, false);
      this.code = code;
    }
  }

  /**
   * @param parser from a letter's original bytes to an event; throws a {@link Refusal}
   */
  public SourceReplays(
      TaskSettings settings,
      SourceEvents events,
      ReplayInput input,
      OffsetStorageReader offsets,
      Function<DeadLetter, Object[]> parser) {
    this.settings = settings;
    this.events = events;
    this.input = input;
    this.offsets = offsets;
    this.parser = parser;
  }

  /** The records of the replays that are there now. */
  public List<SourceRecord> poll() {
    if (System.nanoTime() - nextLook < 0) {
      return List.of();
    }
    nextLook = System.nanoTime() + INTERVAL_NANOS;
    List<SourceRecord> records = new ArrayList<>();
    for (ReplayInput.Replay replay : input.poll(this::position)) {
      DeadLetter letter = replay.letter();
      if (letter != null
          && letter.getComponent().equals(settings.component())
          && letter.getStream() == null
          && letter.getOriginal() != null) {
        records.add(process(replay, letter));
      }
    }
    return records;
  }

  private long position(int partition) {
    Map<String, Object> stored = offsets.offset(partition(partition));
    return stored == null ? 0 : ((Number) stored.get("next")).longValue();
  }

  private static Map<String, Long> partition(int partition) {
    return Map.of("replays", (long) partition);
  }

  private SourceRecord process(ReplayInput.Replay replay, DeadLetter letter) {
    Map<String, Long> partition = partition(replay.partition());
    Map<String, Long> offset = Map.of("next", replay.offset() + 1);
    String code = "VALUE_DOES_NOT_FIT";
    String reason;
    try {
      return events.event(partition, offset, parser.apply(letter), System.currentTimeMillis());
    } catch (Refusal e) {
      code = e.code;
      reason = e.getMessage();
    } catch (IllegalArgumentException e) {
      reason = e.getMessage();
    }
    return events.deadLetter(
        partition,
        offset,
        "replays-%d@%d".formatted(replay.partition(), replay.offset()),
        code,
        reason,
        letter.getLocation(),
        original(letter),
        letter.getText(),
        letter.getId());
  }

  /** The bytes that a letter holds. */
  public static byte[] original(DeadLetter letter) {
    ByteBuffer buffer = letter.getOriginal().duplicate();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    input.close();
  }
}
