package io.millrace.analytics.query;

import org.springframework.util.unit.DataSize;

/**
 * How many bytes of heap what queries remember may take on this instance.
 *
 * @param application those of one application together, unless it says so itself
 * @param all those of all applications together
 */
public record StateLimits(long application, long all) {

  /** The rest of the heap is for events under way and for snapshots. */
  public static final String USUAL_APPLICATION = "40%";

  public static final String USUAL_ALL = "60%";

  /** What holds when nothing else is said. */
  public static final StateLimits USUAL =
      of(USUAL_APPLICATION, USUAL_ALL, Runtime.getRuntime().maxMemory());

  /**
   * Reads them.
   *
   * @param application a size (512MB) or a share of the heap (40%)
   * @param all likewise
   * @param heap how large the heap may become, bytes
   * @throws IllegalArgumentException if one is neither
   */
  public static StateLimits of(String application, String all, long heap) {
    return new StateLimits(bytes(application, heap), bytes(all, heap));
  }

  private static long bytes(String text, long heap) {
    String plain = text.replace(" ", "");
    try {
      return plain.endsWith("%")
          ? (long) (heap / 100.0 * Double.parseDouble(plain.substring(0, plain.length() - 1)))
          : DataSize.parse(plain).toBytes();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'%s' is no size for state: write 512MB, or 40%% for a share of the heap".formatted(text),
          e);
    }
  }
}
