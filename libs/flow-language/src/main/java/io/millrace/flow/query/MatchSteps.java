package io.millrace.flow.query;

import io.millrace.flow.stateful.Node;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Match;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/** MATCH_RECOGNIZE. */
final class MatchSteps {

  private static final int MOST_REPEATS = 1000;

  private final PieceTools tools;

  MatchSteps(PieceTools tools) {
    this.tools = tools;
  }

  Piece match(Match match, Piece input) {
    if (match.isAllRows()) {
      throw PieceTools.unsupported("ALL ROWS PER MATCH is not available; use ONE ROW PER MATCH");
    }
    if (match.isStrictStart() || match.isStrictEnd()) {
      throw PieceTools.unsupported(
          "^ and $ have no meaning in a stream, which has neither beginning nor end");
    }
    if (!match.getSubsets().isEmpty()) {
      throw PieceTools.unsupported("SUBSET is not available");
    }
    long within = within(match);
    List<RelFieldCollation> order = match.getOrderKeys().getFieldCollations();
    if (order.isEmpty()
        || order.get(0).getDirection() != RelFieldCollation.Direction.ASCENDING
        || order.size() > 1) {
      throw PieceTools.unsupported(
          "MATCH_RECOGNIZE goes through the events in the order of their time: ORDER BY the time"
              + " column");
    }
    pattern(match.getPattern());
    match.getPatternDefinitions().values().forEach(this::expression);
    match.getMeasures().values().forEach(this::expression);
    return new Piece.Step(
        new Node.Match(
            input.node(tools),
            match.getPartitionKeys().asList(),
            order.get(0).getFieldIndex(),
            within,
            match,
            tools.row(
                match.getRowType().getFieldNames(),
                match.getRowType().getFieldList().stream()
                    .map(RelDataTypeField::getType)
                    .toList())));
  }

  /** Microseconds; 0 when there is no limit and the pattern has one of its own. */
  private static long within(Match match) {
    if (match.getInterval() != null) {
      long micros = WindowSteps.micros(match.getInterval(), "WITHIN");
      if (micros <= 0) {
        throw PieceTools.unsupported("the interval of WITHIN has to be above zero");
      }
      return micros;
    }
    if (isEndless(match.getPattern())) {
      throw PieceTools.unsupported(
          "a pattern of any number of events has to be over some time, for it cannot remember every"
              + " event: write PATTERN (…) WITHIN INTERVAL '…' …, bound the quantifiers, or give the"
              + " application a state_retention");
    }
    return 0;
  }

  private static boolean isEndless(RexNode pattern) {
    return pattern instanceof RexCall call
        && ((call.getKind() == SqlKind.PATTERN_QUANTIFIER && number(call.getOperands().get(2)) < 0)
            || call.getOperands().stream().anyMatch(MatchSteps::isEndless));
  }

  private void pattern(RexNode pattern) {
    pattern.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            if (call.getKind() == SqlKind.PATTERN_EXCLUDED) {
              throw PieceTools.unsupported("{- -} in a pattern is not available");
            }
            if (call.getKind() == SqlKind.PATTERN_QUANTIFIER
                && Math.max(number(call.getOperands().get(1)), number(call.getOperands().get(2)))
                    > MOST_REPEATS) {
              throw PieceTools.unsupported(
                  "a quantifier goes up to " + MOST_REPEATS + "; leave the upper bound out");
            }
            if (call.getKind() == SqlKind.PATTERN_PERMUTE) {
              throw PieceTools.unsupported(
                  "PERMUTE is not available; write the orders with | between them");
            }
            return super.visitCall(call);
          }
        });
    if (matchesNothing(pattern)) {
      throw PieceTools.unsupported(
          "the pattern is fulfilled without an event; one of its variables has to be there");
    }
    lastIsNotGreedy(pattern);
  }

  private static boolean matchesNothing(RexNode pattern) {
    if (!(pattern instanceof RexCall call)) {
      return false;
    }
    return switch (call.getKind()) {
      case PATTERN_QUANTIFIER ->
          number(call.getOperands().get(1)) == 0 || matchesNothing(call.getOperands().get(0));
      case PATTERN_ALTER -> call.getOperands().stream().anyMatch(MatchSteps::matchesNothing);
      default -> call.getOperands().stream().allMatch(MatchSteps::matchesNothing);
    };
  }

  private static int number(RexNode node) {
    return RexLiteral.intValue(node);
  }

  /** Greedy at the end: the match would be over only when an event comes that does not fit. */
  private static void lastIsNotGreedy(RexNode pattern) {
    if (!(pattern instanceof RexCall call)) {
      return;
    }
    List<RexNode> operands = call.getOperands();
    switch (call.getKind()) {
      case PATTERN_QUANTIFIER -> {
        boolean bounded = number(operands.get(1)) == number(operands.get(2));
        if (!bounded && !RexLiteral.booleanValue(operands.get(3))) {
          throw PieceTools.unsupported(
              "a pattern cannot end with a greedy quantifier, for its end would never be known;"
                  + " add a variable behind it, or ? behind the quantifier");
        }
        lastIsNotGreedy(operands.get(0));
      }
      case PATTERN_ALTER -> operands.forEach(MatchSteps::lastIsNotGreedy);
      default -> lastIsNotGreedy(operands.get(operands.size() - 1));
    }
  }

  private void expression(RexNode node) {
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            if (call.getKind() == SqlKind.NEXT) {
              throw PieceTools.unsupported(
                  "NEXT looks at events that have not come yet; use a further variable");
            }
            return super.visitCall(call);
          }
        });
  }
}
