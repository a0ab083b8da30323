package io.millrace.analytics.state;

import io.millrace.cep.StatefulTask;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as bytes, some forty of them for a batch of one input. Version, fingerprint, epoch and
 * number come first in every version.
 */
final class EntryCodec {

  private static final int VERSION = 2;

  private EntryCodec() {}

  static byte[] write(long fingerprint, Entry entry) {
    StateWriter out = new StateWriter();
    out.writeInt(VERSION);
    out.writeLong(fingerprint);
    out.writeLong(entry.epoch());
    out.writeLong(entry.sequence());
    out.writeInt(StatefulTask.FORMAT);
    switch (entry) {
      case Entry.Events events -> {
        out.writeBoolean(true);
        out.writeInt(events.parts().size());
        events.parts().forEach(part -> write(out, part));
      }
      case Entry.Tick tick -> {
        out.writeBoolean(false);
        out.writeBytes(tick.clock());
      }
      case Entry.Unknown unknown -> throw new IllegalArgumentException("it was never understood");
    }
    Entry.Before before = entry.before();
    out.writeBoolean(before != null);
    if (before != null) {
      out.writeBytes(before.clock());
      out.writeLong(before.watermark());
      out.writeLong(before.highest());
    }
    return out.toBytes();
  }

  /** An entry with the fingerprint of the query that it belongs to. */
  record Marked(long fingerprint, Entry entry) {}

  static Marked read(byte[] bytes, long stamp) {
    StateReader in = new StateReader(bytes);
    int version = in.readInt();
    long fingerprint = in.readLong();
    long epoch = in.readLong();
    long sequence = in.readLong();
    if (version != VERSION || in.readInt() != StatefulTask.FORMAT) {
      return new Marked(fingerprint, new Entry.Unknown(epoch, sequence, stamp));
    }
    if (in.readBoolean()) {
      int count = in.readInt();
      List<Part> parts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        parts.add(part(in));
      }
      return new Marked(fingerprint, new Entry.Events(epoch, sequence, parts, before(in), stamp));
    }
    byte[] clock = in.readBytes();
    return new Marked(fingerprint, new Entry.Tick(epoch, sequence, clock, before(in), stamp));
  }

  private static Entry.Before before(StateReader in) {
    return in.readBoolean() ? new Entry.Before(in.readBytes(), in.readLong(), in.readLong()) : null;
  }

  private static void write(StateWriter out, Part part) {
    out.writeInt(part.input());
    out.writeBoolean(part.replayed());
    out.writeInt(part.partition());
    out.writeLong(part.from());
    out.writeLong(part.to() - part.from());
    out.writeInt(part.passedOver().length);
    for (long offset : part.passedOver()) {
      out.writeLong(offset - part.from());
    }
  }

  private static Part part(StateReader in) {
    int input = in.readInt();
    boolean replayed = in.readBoolean();
    int partition = in.readInt();
    long from = in.readLong();
    long to = from + in.readLong();
    long[] passedOver = new long[in.readInt()];
    for (int i = 0; i < passedOver.length; i++) {
      passedOver[i] = from + in.readLong();
    }
    return new Part(input, replayed, partition, from, to, passedOver);
  }
}
