package io.millrace.analytics.state;

/**
 * What a task remembered at one moment.
 *
 * @param epoch the life of the task that wrote it
 * @param sequence the last entry of the journal that it holds
 * @param positions by input the offset behind the last event that it holds, or -1
 * @param takenAt milliseconds since the epoch
 */
public record Snapshot(long epoch, long sequence, long[] positions, byte[] state, long takenAt) {}
