package io.millrace.cep.match;

import io.millrace.rows.ErrorCode;
import io.millrace.rows.library.RowException;

/**
 * How much one partition may have open, so that a pattern that never comes to an end does not take
 * all memory.
 *
 * @param ways in how many ways the rows from one first row on may still become a match
 * @param rows how many rows may wait for the end of a match
 */
record MatchLimits(int ways, int rows) {

  static final MatchLimits DEFAULT = new MatchLimits(10_000, 1_000_000);

  static RowException tooManyWays(int limit) {
    return new RowException(
        ErrorCode.OPEN_MATCHES,
        "MATCH_RECOGNIZE: more than %d ways to match are open for one partition; the rows that they"
                .formatted(limit)
            + " began with are left out. Make DEFINE more selective, let quantifiers end, or use"
            + " less that depends on the rows before (FIRST, LAST, aggregates) in DEFINE");
  }

  static RowException tooManyRows(int limit) {
    return new RowException(
        ErrorCode.OPEN_MATCHES,
        "MATCH_RECOGNIZE: %d rows of one partition wait for the end of a match and are left out;"
                .formatted(limit)
            + " add WITHIN INTERVAL '…' behind PATTERN, or let quantifiers end");
  }
}
