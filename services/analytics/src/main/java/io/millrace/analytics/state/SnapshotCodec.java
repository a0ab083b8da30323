package io.millrace.analytics.state;

import io.millrace.cep.StatefulTask;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Snapshots as records: pieces below what a broker takes, then one that says that all are there.
 * Version, fingerprint, epoch and number come first in every version.
 */
final class SnapshotCodec {

  /** Below the 1,000,000 bytes that a loop emits in one record. */
  static final int PIECE = 900_000;

  private static final int VERSION = 2;

  private SnapshotCodec() {}

  static List<byte[]> write(Snapshot snapshot) {
    byte[] state = snapshot.state();
    List<byte[]> records = new ArrayList<>();
    for (int from = 0; from < state.length; from += PIECE) {
      StateWriter out = head(snapshot, false);
      out.writeBytes(Arrays.copyOfRange(state, from, Math.min(state.length, from + PIECE)));
      records.add(out.toBytes());
    }
    StateWriter out = head(snapshot, true);
    out.writeInt(state.length);
    out.writeLong(crc(state));
    out.writeLong(snapshot.takenAt());
    out.writeInt(snapshot.positions().length);
    for (int i = 0; i < snapshot.positions().length; i++) {
      out.writeString(snapshot.inputs().get(i).topic());
      out.writeString(snapshot.inputs().get(i).row());
      out.writeLong(snapshot.positions()[i]);
    }
    records.add(out.toBytes());
    return records;
  }

  private static StateWriter head(Snapshot snapshot, boolean last) {
    StateWriter out = new StateWriter();
    out.writeInt(VERSION);
    out.writeLong(snapshot.fingerprint());
    out.writeLong(snapshot.epoch());
    out.writeLong(snapshot.sequence());
    out.writeInt(StatefulTask.FORMAT);
    out.writeBoolean(last);
    return out;
  }

  private static long crc(byte[] state) {
    CRC32C crc = new CRC32C();
    crc.update(state);
    return crc.getValue();
  }

  /** Puts snapshots together from records in their order, whichever query they are of. */
  static final class Assembly {

    private final long own;
    private final List<byte[]> pieces = new ArrayList<>();
    private final List<Snapshot> complete = new ArrayList<>();
    private long fingerprint;
    private long epoch;
    private long sequence;
    private long highestEpoch;
    private long foreignEpoch;

    /**
     * @param own the fingerprint of the query that asks
     */
    Assembly(long own) {
      this.own = own;
    }

    void add(byte[] record) {
      StateReader in = new StateReader(record);
      int version = in.readInt();
      long mark = in.readLong();
      long ofEpoch = in.readLong();
      long ofSequence = in.readLong();
      boolean known = version == VERSION && in.readInt() == StatefulTask.FORMAT;
      highestEpoch = Math.max(highestEpoch, ofEpoch);
      if (mark != own || !known) {
        foreignEpoch = Math.max(foreignEpoch, ofEpoch);
      }
      if (!known) {
        return;
      }
      if (mark != fingerprint || ofEpoch != epoch || ofSequence != sequence) {
        pieces.clear();
        fingerprint = mark;
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
      List<SavedInput> inputs = new ArrayList<>();
      for (int i = 0; i < positions.length; i++) {
        inputs.add(new SavedInput(in.readString(), in.readString()));
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
        complete.add(new Snapshot(fingerprint, epoch, sequence, inputs, positions, state, takenAt));
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

    /** The highest epoch of a record of another query or of an unknown form; 0 if there is none. */
    long foreignEpoch() {
      return foreignEpoch;
    }
  }
}
