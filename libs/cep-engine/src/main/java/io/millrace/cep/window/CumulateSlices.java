package io.millrace.cep.window;

/** Windows that begin together and end one after the other. */
record CumulateSlices(long size, long length, long offset) implements Slices {

  CumulateSlices {
    if (size % length != 0) {
      throw new IllegalArgumentException("the size has to be a multiple of the step");
    }
  }

  @Override
  public long slice(long time) {
    return time - Math.floorMod(time - offset, length) + length;
  }

  @Override
  public long open(long slice, long watermark) {
    long last = start(slice) + size;
    if (watermark >= last - 1) {
      return NONE;
    }
    if (watermark < slice - 1) {
      return slice;
    }
    return slice + (Math.floorDiv(watermark + 1 - slice, length) + 1) * length;
  }

  @Override
  public long start(long window) {
    return window - 1 - Math.floorMod(window - 1 - offset, size);
  }

  @Override
  public boolean isGap(long slice) {
    return false;
  }
}
