package io.millrace.cep.window;

/** Windows that overlap, or lie one behind the other. */
record HopSlices(long size, long slide, long offset, long length) implements Slices {

  HopSlices(long size, long slide, long offset) {
    this(size, slide, offset, divisor(size, slide));
  }

  private static long divisor(long a, long b) {
    return b == 0 ? a : divisor(b, a % b);
  }

  @Override
  public long slice(long time) {
    return time - Math.floorMod(time - offset, length) + length;
  }

  /** The first window that holds a slice, whether there is such a one or not. */
  private long first(long slice) {
    return slice + Math.floorMod(offset + size - slice, slide);
  }

  private long last(long slice) {
    long start = slice - length;
    return start - Math.floorMod(start - offset, slide) + size;
  }

  @Override
  public long open(long slice, long watermark) {
    long first = first(slice);
    long last = last(slice);
    if (first > last || watermark >= last - 1) {
      return NONE;
    }
    if (watermark < first - 1) {
      return first;
    }
    return first + (Math.floorDiv(watermark + 1 - first, slide) + 1) * slide;
  }

  @Override
  public long start(long window) {
    return window - size;
  }

  @Override
  public boolean isGap(long slice) {
    return first(slice) > last(slice);
  }
}
