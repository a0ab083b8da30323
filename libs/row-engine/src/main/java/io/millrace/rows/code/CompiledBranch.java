package io.millrace.rows.code;

import java.util.List;

/**
 * One input's way through a query: waves of cache lookups, then the projection.
 *
 * @param input the stream
 * @param waves in order; all the lookups of a wave are asked at once
 * @param last filters and projects
 * @param caches the cache of each join, by its position among the hits
 */
public record CompiledBranch(String input, List<Wave> waves, RowStep last, List<String> caches) {

  /**
   * @param keys computes the keys of the joins {@code first .. first + size - 1}
   */
  public record Wave(RowStep keys, int first, int size) {}
}
