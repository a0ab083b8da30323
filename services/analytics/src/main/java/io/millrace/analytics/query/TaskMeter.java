package io.millrace.analytics.query;

/** How one task is doing. Written by the loop's thread, read by any. */
final class TaskMeter {

  volatile long watermark = Long.MIN_VALUE;
  volatile long stateBytes = -1;
  volatile long stateMemory;
  volatile long onDisk;
  volatile long snapshotAt;
  volatile long restored;
  volatile long toRestore;
  volatile boolean ready;
}
