package io.millrace.analytics.state;

import java.util.List;

/**
 * Where the journal of a task goes on.
 *
 * @param epoch this life's
 * @param sequence the number of the last entry
 * @param positions by input the offset behind the last event that was taken in, or -1
 * @param stamp the latest time of a record, milliseconds since the epoch
 * @param snapshot the last one, or null; perhaps of another query
 * @param begins whether there is no snapshot of this query yet
 * @param entries what came after it
 * @param stale keys of records of groups that belong to nothing any more
 */
public record JournalPosition(
    long epoch,
    long sequence,
    long[] positions,
    long stamp,
    Snapshot snapshot,
    boolean begins,
    List<Entry> entries,
    List<byte[]> stale) {}
