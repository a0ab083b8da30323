package io.millrace.analytics.state;

import io.millrace.cep.StatefulTask;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes sense of the groups that tasks have written, in the order of the records. Of a group that
 * was written several times any but the last may be missing, in part too.
 *
 * <p>They are written in the transaction of a snapshot, so that they are exactly what belongs to
 * it. With at-least-once delivery they may be ahead of it: what came in between then counts twice.
 */
final class GroupLog {

  /** How many records that belong to nothing are removed after one restart. */
  private static final int MOST_STALE = 500_000;

  private final Replay replay;
  private final Set<Long> tags;
  private final Set<ByteBuffer> stale = new LinkedHashSet<>();
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private GroupCodec.Piece last;
  private long highestLife;
  private long groups;
  private GroupCodec.End end = new GroupCodec.End(0, 0);

  /**
   * @param replay which takes them, and has been given back the rest
   */
  GroupLog(Replay replay) {
    this.replay = replay;
    this.tags = replay.tags();
  }

  void add(byte[] key, byte[] value) {
    switch (GroupCodec.read(key, value)) {
      case GroupCodec.End read -> {
        end = read;
        highestLife = Math.max(highestLife, end.epoch());
      }
      case GroupCodec.Piece piece -> {
        highestLife = Math.max(highestLife, StatefulTask.lifeOf(piece.tag()));
        boolean belongs = add(piece);
        if (belongs || value == null) {
          stale.remove(ByteBuffer.wrap(key));
        } else if (stale.size() < MOST_STALE) {
          stale.add(ByteBuffer.wrap(key));
        }
      }
    }
  }

  /** Whether it belongs to something that is remembered. */
  private boolean add(GroupCodec.Piece piece) {
    boolean begins = piece.piece() == 0;
    boolean belongs = tags.contains(piece.tag()) && (begins || follows(piece));
    if (!belongs) {
      last = null;
      return false;
    }
    if (begins) {
      content.reset();
      groups++;
    }
    last = piece;
    if (piece.pieces() < 2) {
      replay.group(piece.tag(), piece.key(), piece.content());
    } else {
      content.writeBytes(piece.content());
      if (piece.piece() == piece.pieces() - 1) {
        replay.group(piece.tag(), piece.key(), content.toByteArray());
      }
    }
    return true;
  }

  private boolean follows(GroupCodec.Piece piece) {
    return last != null
        && piece.pieces() == last.pieces()
        && piece.piece() == last.piece() + 1
        && piece.tag() == last.tag()
        && Arrays.equals(piece.key(), last.key());
  }

  /** Whether it holds all that belongs to a snapshot, and perhaps more. */
  boolean reaches(Snapshot snapshot) {
    return end.epoch() > snapshot.epoch()
        || (end.epoch() == snapshot.epoch() && end.sequence() >= snapshot.sequence());
  }

  /** Whether it holds exactly what belongs to a snapshot. */
  boolean fits(Snapshot snapshot) {
    return end.epoch() == snapshot.epoch() && end.sequence() == snapshot.sequence();
  }

  /** Whether any groups belong to what is remembered. */
  boolean isNeeded() {
    return !tags.isEmpty();
  }

  /** The keys of records that belong to nothing that is remembered. */
  List<byte[]> stale() {
    return stale.stream().map(ByteBuffer::array).toList();
  }

  /** The highest epoch of a task that has written here. */
  long highestLife() {
    return highestLife;
  }

  /** How many groups it has been given, those that were replaced later too. */
  long groups() {
    return groups;
  }
}
