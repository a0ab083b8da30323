package io.millrace.schemas.event;

import io.millrace.schemas.type.RowType;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Reads events, whatever schema they were written with, into the layout of one row: columns are
 * found by name, columns that the writer did not have are null, columns that the reader does not
 * know are passed over, and numbers are widened. Not thread-safe: one a thread.
 */
public final class EventDecoder {

  private final RowType wanted;
  private final SchemaStore store;
  private final Map<Long, ValueReader> readers = new HashMap<>();
  private final Input in = new Input();
  private long lastFingerprint;
  private ValueReader lastReader;

  public EventDecoder(RowType wanted, SchemaStore store) {
    this.wanted = wanted;
    this.store = store;
  }

  /** The layout of the decoded rows. */
  public RowType rowType() {
    return wanted;
  }

  /**
   * Decodes one event.
   *
   * @throws MalformedEventException if the bytes are no event, end too early, or were written with
   *     columns that cannot be read as this row
   * @throws UnknownSchemaException if nobody announced the event's schema
   */
  public Object[] decode(byte[] event) {
    if (!Fingerprints.isEvent(event)) {
      throw new MalformedEventException(
          "the bytes are no Avro single-object encoding: they do not start with C3 01");
    }
    ValueReader reader = reader(Fingerprints.read(event));
    in.reset(event, Fingerprints.HEADER_LENGTH);
    try {
      Object[] row = (Object[]) reader.read(in);
      if (in.remaining() != 0) {
        throw new MalformedEventException(
            "%d bytes are left behind the event's last column".formatted(in.remaining()));
      }
      return row;
    } catch (IndexOutOfBoundsException e) {
      throw new MalformedEventException("the event ends too early", e);
    } catch (ArithmeticException e) {
      throw new MalformedEventException("a number does not fit its column: " + e.getMessage(), e);
    }
  }

  private ValueReader reader(long fingerprint) {
    if (lastReader != null && fingerprint == lastFingerprint) {
      return lastReader;
    }
    ValueReader reader = readers.get(fingerprint);
    if (reader == null) {
      Schema writer = store.find(fingerprint);
      reader = ValueReader.row(writer, wanted);
      readers.put(fingerprint, reader);
    }
    lastFingerprint = fingerprint;
    lastReader = reader;
    return reader;
  }
}
