package io.millrace.rows.code;

/** A generated row function. Implementations are immutable and thread-safe. */
public interface RowStep {

  /**
   * @param row the stream's row
   * @param hits the cache rows found so far, one element a cache join; null elements are misses
   * @return the keys of the lookups that come next ({@code Object[]} each, null when a part is
   *     null), or the result's row after the last step; null when the row is filtered out
   */
  Object[] apply(Object[] row, Object[][] hits);
}
