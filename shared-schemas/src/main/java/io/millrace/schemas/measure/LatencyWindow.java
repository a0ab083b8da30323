package io.millrace.schemas.measure;

import java.util.concurrent.TimeUnit;

/**
 * Percentiles of the last ten seconds: ten slices of a histogram whose buckets grow by an eighth,
 * so that a percentile is right to about 6 %. Thread-safe.
 */
public final class LatencyWindow {

  private static final int SLICES = 10;
  private static final int BUCKETS = 8 * 40;

  private final long[][] slices = new long[SLICES][BUCKETS];
  private final long[] second = new long[SLICES];

  /**
   * Counts a latency.
   *
   * @param nanoTime now, as of {@link System#nanoTime}
   */
  public synchronized void add(long nanoTime, long latencyMillis) {
    slice(nanoTime)[bucket(latencyMillis)]++;
  }

  /** The percentiles in milliseconds, or null when the window is empty. */
  public synchronized double[] percentiles(long nanoTime, double... wanted) {
    long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime);
    long[] sum = new long[BUCKETS];
    long total = 0;
    for (int i = 0; i < SLICES; i++) {
      if (now - second[i] < SLICES) {
        for (int b = 0; b < BUCKETS; b++) {
          sum[b] += slices[i][b];
          total += slices[i][b];
        }
      }
    }
    if (total == 0) {
      return null;
    }
    double[] result = new double[wanted.length];
    for (int w = 0; w < wanted.length; w++) {
      long rank = Math.max(1, (long) Math.ceil(total * wanted[w]));
      long seen = 0;
      for (int b = 0; b < BUCKETS; b++) {
        seen += sum[b];
        if (seen >= rank) {
          result[w] = value(b);
          break;
        }
      }
    }
    return result;
  }

  private long[] slice(long nanoTime) {
    long now = TimeUnit.NANOSECONDS.toSeconds(nanoTime);
    int index = (int) Math.floorMod(now, (long) SLICES);
    if (second[index] != now) {
      second[index] = now;
      slices[index] = new long[BUCKETS];
    }
    return slices[index];
  }

  private static int bucket(long millis) {
    if (millis < 8) {
      return (int) Math.max(0, millis);
    }
    int exponent = 63 - Long.numberOfLeadingZeros(millis);
    int eighth = (int) ((millis >>> (exponent - 3)) & 7);
    return Math.min(BUCKETS - 1, (exponent - 2) * 8 + eighth);
  }

  private static double value(int bucket) {
    if (bucket < 8) {
      return bucket;
    }
    int exponent = bucket / 8 + 2;
    return (8L + bucket % 8) * Math.pow(2, exponent - 3.0) + Math.pow(2, exponent - 4.0);
  }
}
