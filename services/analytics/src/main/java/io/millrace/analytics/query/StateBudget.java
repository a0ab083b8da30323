package io.millrace.analytics.query;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Sees to it that no query takes the heap from the others: groups go to disk in time, and when
 * those of one application, or all together, still remember more than they may, the one that
 * remembers most has to stop. Shared by all queries of an instance; thread-safe.
 */
public final class StateBudget {

  private static final String ADVICE =
      "Bound what it remembers (a window, WITHIN or state_retention, a shorter interval or frame,"
          + " fewer keys), or give ";

  /** Where groups begin to go to disk, as a part of what may be remembered. */
  private static final double IN_MEMORY = 0.5;

  private final StateLimits limits;
  private final List<StateAccount> accounts = new ArrayList<>();

  public StateBudget(StateLimits limits) {
    this.limits = limits;
  }

  /**
   * Begins to count for a query.
   *
   * @param application whose it is
   * @param own what the application says that its queries may remember, bytes; null if it does not
   */
  synchronized StateAccount open(String application, Long own) {
    StateAccount account =
        new StateAccount(this, application, own == null ? limits.application() : own);
    accounts.add(account);
    return account;
  }

  synchronized void close(StateAccount account) {
    accounts.remove(account);
  }

  /** Has a query stop if there is too much since this one has grown. */
  synchronized void check(StateAccount grown) {
    List<StateAccount> all = accounts.stream().filter(a -> a.verdict() == null).toList();
    List<StateAccount> own =
        all.stream().filter(a -> a.application().equals(grown.application())).toList();
    long together = sum(own);
    if (together > grown.limit()) {
      largest(own).stop(tooMuchForOne(largest(own).bytes(), together, own.size(), grown.limit()));
      return;
    }
    long everything = sum(all);
    if (everything > limits.all()) {
      largest(all).stop(tooMuchForAll(largest(all).bytes(), everything, limits.all()));
    }
  }

  /**
   * How large a part of the groups in memory may stay there, so that half of what may be remembered
   * is left for windows, and for what comes before there is room on disk; 1: all.
   */
  synchronized double mayStay(StateAccount grown, long more) {
    long own =
        sum(accounts.stream().filter(a -> a.application().equals(grown.application())).toList());
    double part = IN_MEMORY * grown.limit() / Math.max(1, own + more);
    part = Math.min(part, IN_MEMORY * limits.all() / Math.max(1, sum(accounts) + more));
    return Math.min(1, part);
  }

  private static long sum(List<StateAccount> accounts) {
    return accounts.stream().mapToLong(StateAccount::bytes).sum();
  }

  private static StateAccount largest(List<StateAccount> accounts) {
    return accounts.stream().max(Comparator.comparingLong(StateAccount::bytes)).orElseThrow();
  }

  private static String tooMuchForOne(long bytes, long together, int queries, long limit) {
    String all =
        queries == 1
            ? "its application"
            : "the %d queries of its application (%s together)".formatted(queries, size(together));
    return "the query remembers about %s, and %s may take %s of this service's memory. "
            .formatted(size(bytes), all, size(limit))
        + ADVICE
        + "the application a larger state_memory";
  }

  private static String tooMuchForAll(long bytes, long together, long limit) {
    return ("all queries of this service remember about %s together and may take %s of its memory;"
                + " this one, with about %s, remembers the most and stops so that the others go on. ")
            .formatted(size(together), size(limit), size(bytes))
        + ADVICE
        + "the service more memory";
  }

  /** For a person. */
  private static String size(long bytes) {
    double megabytes = bytes / 1024.0 / 1024.0;
    return megabytes < 10
        ? String.format(Locale.ROOT, "%.1f MB", megabytes)
        : String.format(Locale.ROOT, "%,d MB", Math.round(megabytes));
  }
}
