package io.millrace.rows;

import io.millrace.flow.query.CompiledQuery;
import io.millrace.rows.code.BranchCompiler;
import io.millrace.rows.code.CompiledBranch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A stateless query, compiled to row functions: one branch for each input of its union. Immutable
 * and thread-safe.
 */
public final class StatelessQuery {
  private final List<Branch> branches = new ArrayList<>();
  private final Set<String> inputs = new TreeSet<>();
  private final Set<String> caches = new TreeSet<>();

  private StatelessQuery(List<CompiledBranch> compiled) {
    for (CompiledBranch branch : compiled) {
      branches.add(new Branch(branch));
      inputs.add(branch.input());
      caches.addAll(branch.caches());
    }
  }

  /**
   * Compiles what the language has validated. Takes some 10 ms.
   *
   * @throws UnsupportedQueryException if it holds an expression that cannot be computed row by row,
   *     or a constant pattern or path that is malformed
   */
  public static StatelessQuery compile(CompiledQuery query) {
    return new StatelessQuery(
        query.branches().stream().map(b -> BranchCompiler.compile(b, query.rexBuilder())).toList());
  }

  /** The streams it reads, by name. */
  public Set<String> inputs() {
    return Set.copyOf(inputs);
  }

  /** The caches it joins, by name. */
  public Set<String> caches() {
    return Set.copyOf(caches);
  }

  /**
   * Processes a batch of one input. Results come in the order of the rows; where several branches
   * read the input, branch by branch.
   *
   * @param rows laid out as the input's row type; not changed, and not kept
   * @param caches answers lookups; what it throws leaves this method, and rows given to the sink
   *     before that have to be taken back by the caller (by aborting its transaction)
   */
  public void process(String input, List<Object[]> rows, CacheReader caches, RowSink sink) {
    for (Branch branch : branches) {
      if (branch.input().equals(input)) {
        branch.process(rows, caches, sink);
      }
    }
  }
}
