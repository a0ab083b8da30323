package io.millrace.cep.match;

import io.millrace.rows.UnsupportedQueryException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** Reads PATTERN as Calcite has it, and numbers the variables as they come in it. */
final class PatternReader {

  private static final int LONGEST_COUNT = 1000;

  private final List<String> variables = new ArrayList<>();

  /** The variables by their numbers. */
  List<String> variables() {
    return variables;
  }

  Pattern read(RexNode node) {
    if (node instanceof RexLiteral literal) {
      return new Pattern.Variable(number(literal.getValueAs(String.class)));
    }
    if (node instanceof RexCall call) {
      return switch (call.getKind()) {
        case PATTERN_CONCAT -> new Pattern.Sequence(parts(call));
        case PATTERN_ALTER -> new Pattern.Choice(parts(call));
        case PATTERN_QUANTIFIER -> repeat(call);
        case PATTERN_PERMUTE ->
            throw new UnsupportedQueryException(
                "PATTERN cannot have PERMUTE: write the orders out, for instance (A B | B A)");
        case PATTERN_EXCLUDED ->
            throw new UnsupportedQueryException(
                "PATTERN cannot leave rows out with {- -}: a match gives one row, and MEASURES says"
                    + " what is in it");
        default -> throw new UnsupportedQueryException("PATTERN cannot have " + node);
      };
    }
    throw new UnsupportedQueryException("PATTERN cannot have " + node);
  }

  private List<Pattern> parts(RexCall call) {
    List<Pattern> parts = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      parts.add(read(operand));
    }
    return parts;
  }

  private Pattern repeat(RexCall call) {
    int least = count(call.getOperands().get(1));
    int most = count(call.getOperands().get(2));
    boolean reluctant = RexLiteral.booleanValue(call.getOperands().get(3));
    if (Math.max(least, most) > LONGEST_COUNT) {
      throw new UnsupportedQueryException(
          "a quantifier in PATTERN counts to %d at most; %s is beyond"
              .formatted(LONGEST_COUNT, Math.max(least, most)));
    }
    if (most >= 0 && (most < least || most == 0)) {
      throw new UnsupportedQueryException(
          "a quantifier in PATTERN ends at 1 or more and not before it begins: {%d,%d}"
              .formatted(least, most));
    }
    return new Pattern.Repeat(
        read(call.getOperands().get(0)),
        Math.max(0, least),
        most < 0 ? Pattern.ENDLESS : most,
        !reluctant);
  }

  private static int count(RexNode node) {
    return ((RexLiteral) node).getValueAs(Integer.class);
  }

  private int number(String variable) {
    int known = variables.indexOf(variable);
    if (known >= 0) {
      return known;
    }
    variables.add(variable);
    return variables.size() - 1;
  }
}
