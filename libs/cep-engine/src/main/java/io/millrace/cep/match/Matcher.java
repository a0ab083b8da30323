package io.millrace.cep.match;

import io.millrace.cep.operator.Rows;
import io.millrace.flow.stateful.Node;
import io.millrace.rows.UnsupportedQueryException;
import io.millrace.rows.library.RowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/** A MATCH_RECOGNIZE clause, compiled, and what trying its partitions' rows needs. */
final class Matcher {

  /** As {@link Node.Match#within} of a pattern without WITHIN. */
  private static final long NEVER = Long.MAX_VALUE;

  final Program program;
  final Trial trial;
  final Measures measures;
  final Skip skip;
  final MatchLimits limits;

  /** The time from the first row of a match at which it is too late for a last one. */
  final long within;

  /** How many rows before the first one of a match are read. */
  final int back;

  /** Whether a match may be complete and still have to wait for more rows. */
  final boolean waits;

  private final Rows out;

  Matcher(Node.Match node, RexBuilder rex, MatchLimits limits, Rows out) {
    Match rel = node.rel();
    refuse(rel);
    RelDataType input = node.input().row();
    PatternReader reader = new PatternReader();
    Pattern pattern = reader.read(rel.getPattern());
    List<String> variables = new ArrayList<>(reader.variables());
    for (String defined : rel.getPatternDefinitions().keySet()) {
      // One that the pattern does not have is one that no row is.
      if (!variables.contains(defined)) {
        variables.add(defined);
      }
    }
    Slot.CallCount calls = new Slot.CallCount();
    int reach = 0;
    Condition[] conditions = new Condition[variables.size()];
    Arrays.fill(conditions, Condition.NONE);
    for (Map.Entry<String, RexNode> definition : rel.getPatternDefinitions().entrySet()) {
      int variable = variables.indexOf(definition.getKey());
      ExpressionReader expressions = new ExpressionReader(rex, input, variables, calls);
      conditions[variable] =
          Condition.of(definition.getValue(), variable, variables.size(), input, expressions, rex);
      reach = Math.max(reach, expressions.back());
    }
    ExpressionReader expressions = new ExpressionReader(rex, input, variables, calls);
    this.measures = Measures.of(node.partition(), rel.getMeasures().values(), expressions, rex);
    this.back = Math.max(reach, expressions.back());
    this.program = Program.of(pattern);
    this.trial = new Trial(conditions, program);
    this.skip = Skip.of(rel.getAfter(), variables);
    this.within = node.within() <= 0 ? NEVER : node.within();
    this.waits = pattern.shortest() != pattern.longest();
    this.limits = limits;
    this.out = out;
  }

  private static void refuse(Match rel) {
    if (rel.isAllRows()) {
      throw new UnsupportedQueryException(
          "MATCH_RECOGNIZE gives one row for each match: write ONE ROW PER MATCH");
    }
    if (rel.isStrictStart() || rel.isStrictEnd()) {
      throw new UnsupportedQueryException(
          "PATTERN cannot have ^ or $: a stream has no first and no last row");
    }
    if (!rel.getSubsets().isEmpty()) {
      throw new UnsupportedQueryException(
          "MATCH_RECOGNIZE cannot have SUBSET: name the variables themselves");
    }
  }

  boolean bounded() {
    return within != NEVER;
  }

  /**
   * Gives the row of a match.
   *
   * @return the number of the row with which the next one may begin
   */
  long give(Bound last, MatchRows rows) {
    Object[] row;
    long next;
    try {
      next = skip.next(last);
    } catch (RowException e) {
      out.failed(e);
      return last.start() + 1;
    }
    try {
      row = measures.row(last, rows);
    } catch (RowException e) {
      out.failed(e);
      return next;
    }
    rows.matched();
    out.row(row, rows.time(last.index));
    return next;
  }

  void failed(RowException reason) {
    out.failed(reason);
  }
}
