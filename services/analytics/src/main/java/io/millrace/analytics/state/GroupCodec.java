package io.millrace.analytics.state;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Groups as records of a compacted topic, below what a broker takes: what is larger comes in
 * pieces, which say how many there are. The record that ends what belongs to one snapshot says
 * which. Keys of records have this form in every version, for they are read whatever the format of
 * the snapshots is.
 */
final class GroupCodec {

  /** What the key of a group may take, bytes. */
  static final int LONGEST_KEY = 800_000;

  /** Below the 1,000,000 bytes that a loop emits in one record, with its key. */
  static final int RECORD = 900_000;

  /** In place of a tag, which is above 0. */
  private static final long END = 0;

  private GroupCodec() {}

  /**
   * Writes a group.
   *
   * @param content null: it is forgotten
   * @param records take key and value of each record
   */
  static void write(long tag, byte[] key, byte[] content, BiConsumer<byte[], byte[]> records) {
    if (content == null) {
      records.accept(key(tag, key, 0), null);
      return;
    }
    int piece = RECORD - key.length;
    int pieces = Math.max(1, Math.ceilDiv(content.length, piece));
    for (int i = 0; i < pieces; i++) {
      StateWriter value = new StateWriter();
      value.writeInt(pieces);
      value.writeBytes(
          Arrays.copyOfRange(content, i * piece, Math.min(content.length, (i + 1) * piece)));
      records.accept(key(tag, key, i), value.toBytes());
    }
  }

  /** Writes what ends the groups of a snapshot. */
  static void writeEnd(long epoch, long sequence, BiConsumer<byte[], byte[]> records) {
    StateWriter key = new StateWriter();
    key.writeLong(END);
    StateWriter value = new StateWriter();
    value.writeLong(epoch);
    value.writeLong(sequence);
    records.accept(key.toBytes(), value.toBytes());
  }

  private static byte[] key(long tag, byte[] key, int piece) {
    StateWriter out = new StateWriter();
    out.writeLong(tag);
    out.writeBytes(key);
    out.writeInt(piece);
    return out.toBytes();
  }

  /** What a record says. */
  sealed interface Read {}

  /**
   * A piece of a group.
   *
   * @param pieces how many there are; 0: the group is forgotten
   */
  record Piece(long tag, byte[] key, int piece, int pieces, byte[] content) implements Read {}

  /** The end of what belongs to a snapshot. */
  record End(long epoch, long sequence) implements Read {}

  static Read read(byte[] key, byte[] value) {
    StateReader in = new StateReader(key);
    long tag = in.readLong();
    StateReader content = value == null ? null : new StateReader(value);
    if (tag == END) {
      return content == null ? new End(0, 0) : new End(content.readLong(), content.readLong());
    }
    byte[] group = in.readBytes();
    int piece = in.readInt();
    return content == null
        ? new Piece(tag, group, piece, 0, null)
        : new Piece(tag, group, piece, content.readInt(), content.readBytes());
  }
}
