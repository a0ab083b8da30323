package io.millrace.cep.heap;

/** Counts bytes of heap as they come and go; parts count for the whole too. Not thread-safe. */
public final class HeapMeter {

  private final HeapMeter whole;
  private long bytes;

  /** One that is no part of another. */
  public HeapMeter() {
    this(null);
  }

  private HeapMeter(HeapMeter whole) {
    this.whole = whole;
  }

  /** A part of this one. */
  public HeapMeter part() {
    return new HeapMeter(this);
  }

  /**
   * Counts.
   *
   * @param more below zero for what has gone
   */
  public void add(long more) {
    bytes += more;
    if (whole != null) {
      whole.add(more);
    }
  }

  /** Everything that this one counted has gone. */
  public void clear() {
    add(-bytes);
  }

  public long bytes() {
    return bytes;
  }
}
