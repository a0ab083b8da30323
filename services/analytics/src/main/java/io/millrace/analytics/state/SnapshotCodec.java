package io.millrace.analytics.state;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Snapshots as records: pieces below what a broker takes, then one that says that all are there.
 */
final class SnapshotCodec {

  /** Below the 1,000,000 bytes that a loop emits in one record. */
  static final int PIECE = 900_000;

  private static final int VERSION = 1;

  private SnapshotCodec() {}

  static List<byte[]> write(long fingerprint, Snapshot snapshot) {
    byte[] state = snapshot.state();
    List<byte[]> records = new ArrayList<>();
    for (int from = 0; from < state.length; from += PIECE) {
      StateWriter out = head(fingerprint, snapshot, false);
      out.writeBytes(Arrays.copyOfRange(state, from, Math.min(state.length, from + PIECE)));
      records.add(out.toBytes());
    }
    StateWriter out = head(fingerprint, snapshot, true);
    out.writeInt(state.length);
    out.writeLong(crc(state));
    out.writeLong(snapshot.takenAt());
    out.writeInt(snapshot.positions().length);
    for (long position : snapshot.positions()) {
      out.writeLong(position);
    }
    records.add(out.toBytes());
    return records;
  }

  private static StateWriter head(long fingerprint, Snapshot snapshot, boolean last) {
    StateWriter out = new StateWriter();
    out.writeInt(VERSION);
    out.writeLong(fingerprint);
    out.writeLong(snapshot.epoch());
    out.writeLong(snapshot.sequence());
    out.writeBoolean(last);
    return out;
  }

  private static long crc(byte[] state) {
    CRC32C crc = new CRC32C();
    crc.update(state);
    return crc.getValue();
  }

  /** Puts snapshots together from records in their order. */
  static final class Assembly {

    private final long fingerprint;
    private final List<byte[]> pieces = new ArrayList<>();
    private final List<Snapshot> complete = new ArrayList<>();
    private long epoch;
    private long sequence;
    private long highestEpoch;
    private long foreignEpoch;

    Assembly(long fingerprint) {
      this.fingerprint = fingerprint;
    }

    void add(byte[] record) {
      StateReader in = new StateReader(record);
      int version = in.readInt();
      if (version != VERSION) {
        throw new IllegalStateException("a snapshot has version " + version + ", not " + VERSION);
      }
      long mark = in.readLong();
      long ofEpoch = in.readLong();
      long ofSequence = in.readLong();
      highestEpoch = Math.max(highestEpoch, ofEpoch);
      if (mark != fingerprint) {
        foreignEpoch = Math.max(foreignEpoch, ofEpoch);
        return;
      }
      if (ofEpoch != epoch || ofSequence != sequence) {
        pieces.clear();
        epoch = ofEpoch;
        sequence = ofSequence;
      }
      if (in.readBoolean()) {
        finish(in);
      } else {
        pieces.add(in.readBytes());
      }
    }

    private void finish(StateReader in) {
      int size = in.readInt();
      long crc = in.readLong();
      long takenAt = in.readLong();
      long[] positions = new long[in.readInt()];
      for (int i = 0; i < positions.length; i++) {
        positions[i] = in.readLong();
      }
      byte[] state = new byte[size];
      int filled = 0;
      for (byte[] piece : pieces) {
        if (filled + piece.length > size) {
          filled = -1;
          break;
        }
        System.arraycopy(piece, 0, state, filled, piece.length);
        filled += piece.length;
      }
      pieces.clear();
      if (filled == size && crc(state) == crc) {
        complete.add(new Snapshot(epoch, sequence, positions, state, takenAt));
        if (complete.size() > 2) {
          complete.removeFirst(); // They may be large, and two are all that count.
        }
      }
    }

    /** The last two that are whole, in the order in which they were written. */
    List<Snapshot> complete() {
      return complete;
    }

    /** The highest epoch of any record. */
    long highestEpoch() {
      return highestEpoch;
    }

    /** The highest epoch of a record of another query; 0 if there was none. */
    long foreignEpoch() {
      return foreignEpoch;
    }
  }
}
