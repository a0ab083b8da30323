package io.millrace.connector.datagen;

/** Random numbers as a function: SplitMix64 (Steele, Lea, Flood 2014) of a key and a counter. */
final class Hash {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hash() {}

  static long of(long key, long counter) {
    return mix(mix(key + GOLDEN) ^ (counter * GOLDEN));
  }

  private static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** 0 (included) to 1 (excluded). */
  static double unit(long key, long counter) {
    return (of(key, counter) >>> 11) * 0x1.0p-53;
  }

  /** 0 (included) to the bound (excluded). */
  static long below(long key, long counter, long bound) {
    return Long.remainderUnsigned(of(key, counter), bound);
  }
}
