package io.millrace.flow.diagnostic;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Finds what somebody probably meant to write. */
public final class NearNames {

  private static final int LONGEST = 100;

  private NearNames() {}

  /**
   * The nearest of the candidates, or null when none is near: letters left out, added, changed or
   * swapped, about one in three; or the beginning of a longer name.
   */
  public static String nearest(String given, Collection<String> candidates) {
    List<String> near = near(given, candidates, 1);
    return near.isEmpty() ? null : near.get(0);
  }

  /** The nearest candidates, the nearest first, {@code limit} at most. */
  public static List<String> near(String given, Collection<String> candidates, int limit) {
    if (given.isEmpty() || given.length() > LONGEST) {
      return List.of();
    }
    String wanted = given.toLowerCase(Locale.ROOT);
    int tolerated = wanted.length() < 2 ? 0 : Math.max(1, wanted.length() / 3);
    record Scored(String name, int score) {}
    return candidates.stream()
        .filter(c -> c.length() <= LONGEST)
        .map(c -> new Scored(c, score(wanted, c.toLowerCase(Locale.ROOT), tolerated)))
        .filter(s -> s.score <= tolerated)
        .sorted(Comparator.comparingInt(Scored::score).thenComparing(Scored::name))
        .map(Scored::name)
        .distinct()
        .limit(limit)
        .toList();
  }

  private static int score(String wanted, String candidate, int tolerated) {
    int distance = distance(wanted, candidate);
    boolean begins =
        wanted.length() >= 3 && (candidate.startsWith(wanted) || wanted.startsWith(candidate));
    return begins && candidate.length() >= 3 ? Math.min(distance, tolerated) : distance;
  }

  /**
   * The number of letters to insert, delete, replace or swap with their neighbour (the restricted
   * Damerau-Levenshtein distance).
   */
  static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] now = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      now[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        now[j] = Math.min(replaced, Math.min(last[j], now[j - 1]) + 1);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          now[j] = Math.min(now[j], beforeLast[j - 2] + 1);
        }
      }
      int[] spare = beforeLast;
      beforeLast = last;
      last = now;
      now = spare;
    }
    return last[b.length()];
  }
}
