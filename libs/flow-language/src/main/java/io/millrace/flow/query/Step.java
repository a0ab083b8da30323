package io.millrace.flow.query;

import java.util.List;
import org.apache.calcite.rex.RexNode;

/**
 * One thing that is done to a row on its way through a {@link Branch}. Expressions read the row as
 * it is at that point: the stream's columns, then the columns of each cache looked up so far.
 */
public sealed interface Step {

  /** Keeps the row only when the condition is TRUE (not FALSE and not NULL). */
  record Filter(RexNode condition) implements Step {}

  /**
   * Looks up a cache and puts the columns of what was found behind the row.
   *
   * @param cache the cache's name
   * @param outer LEFT JOIN: a miss puts NULLs behind the row; otherwise a miss drops the row
   * @param keys the values of the cache's key columns in the order of {@link CacheTable#key()},
   *     each of exactly that column's type but for nullability; a NULL among them is a miss. They
   *     read the row before the look-up
   * @param condition what else has to be TRUE, over the row with the cache's columns behind it;
   *     what was found and does not fulfil it is a miss. Null when there is none
   * @param width how many columns the cache has
   */
  record Lookup(String cache, boolean outer, List<RexNode> keys, RexNode condition, int width)
      implements Step {
    public Lookup {
      keys = List.copyOf(keys);
    }
  }
}
