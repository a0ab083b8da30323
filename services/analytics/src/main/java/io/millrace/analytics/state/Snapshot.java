package io.millrace.analytics.state;

import java.util.List;

/**
 * What a task remembered at one moment.
 *
 * @param fingerprint of the query
 * @param epoch the life of the task that wrote it
 * @param sequence the last entry of the journal that it holds
 * @param inputs what the query read, in its order
 * @param positions by input the offset behind the last event that it holds, or -1
 * @param takenAt milliseconds since the epoch
 */
public record Snapshot(
    long fingerprint,
    long epoch,
    long sequence,
    List<SavedInput> inputs,
    long[] positions,
    byte[] state,
    long takenAt) {

  public Snapshot {
    inputs = List.copyOf(inputs);
  }
}
