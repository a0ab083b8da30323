package io.millrace.cep.match;

import io.millrace.cep.aggregate.AccumulatorFactory;
import io.millrace.cep.aggregate.Aggregates;
import io.millrace.flow.stateful.Aggregation;
import io.millrace.rows.RowFunction;
import io.millrace.rows.UnsupportedQueryException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexPatternFieldRef;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;

/** Turns expressions over the rows of a match into slots and expressions over one row of these. */
final class ExpressionReader {

  /** Where a column is read: FIRST or LAST with its offset, then so many rows back. */
  private record Place(boolean first, int offset, int back) {
    static final Place LAST = new Place(false, 0, 0);
  }

  private final RexBuilder rex;
  private final RelDataType input;
  private final List<String> variables;
  private final Slot.CallCount calls;
  private final List<Slot> slots = new ArrayList<>();
  private final List<RelDataType> types = new ArrayList<>();

  /** What messages call the slots. */
  private final List<String> names = new ArrayList<>();

  ExpressionReader(
      RexBuilder rex, RelDataType input, List<String> variables, Slot.CallCount calls) {
    this.rex = rex;
    this.input = input;
    this.variables = variables;
    this.calls = calls;
  }

  /** What the expressions that were read need. */
  List<Slot> slots() {
    return slots;
  }

  /** How many rows before a match they read at most. */
  int back() {
    int back = 0;
    for (Slot slot : slots) {
      back = Math.max(back, slot instanceof Slot.Column column ? column.back() : 0);
    }
    return back;
  }

  /** The row of the slots. */
  RelDataType row() {
    RelDataTypeFactory.Builder builder = rex.getTypeFactory().builder();
    for (int i = 0; i < types.size(); i++) {
      builder.add(names.get(i), types.get(i));
    }
    return builder.build();
  }

  /** The expression over the row of the slots. */
  RexNode read(RexNode expression) {
    return read(expression, Place.LAST);
  }

  private RexNode read(RexNode node, Place place) {
    return switch (node) {
      case RexPatternFieldRef ref ->
          slot(column(variable(ref.getAlpha()), ref.getIndex(), place), ref.getType());
      case RexInputRef ref -> slot(column(variables.size(), ref.getIndex(), place), ref.getType());
      case RexCall call -> call(call, place);
      case RexFieldAccess access ->
          rex.makeFieldAccess(read(access.getReferenceExpr(), place), access.getField().getIndex());
      case RexLiteral literal -> literal;
      default -> throw new UnsupportedQueryException("MATCH_RECOGNIZE cannot compute " + node);
    };
  }

  private static Slot.Column column(int variable, int column, Place place) {
    return new Slot.Column(variable, column, place.first(), place.offset(), place.back());
  }

  private RexNode call(RexCall call, Place place) {
    SqlKind kind = call.getKind();
    switch (kind) {
      case FINAL, RUNNING:
        return read(call.getOperands().get(0), place);
      case FIRST, LAST:
        return read(
            call.getOperands().get(0),
            new Place(kind == SqlKind.FIRST, offset(call, 0), place.back()));
      case PREV:
        return read(
            call.getOperands().get(0),
            new Place(place.first(), place.offset(), place.back() + offset(call, 1)));
      case NEXT:
        throw new UnsupportedQueryException(
            "MATCH_RECOGNIZE cannot look ahead with NEXT: give the next row a variable of its own");
      case CLASSIFIER:
        return slot(new Slot.Classifier(variables), call.getType());
      case MATCH_NUMBER:
        return slot(new Slot.MatchNumber(), call.getType());
      default:
        break;
    }
    if (call.getOperator().getName().equalsIgnoreCase("MATCH_ROWTIME")) {
      return slot(new Slot.RowTime(), call.getType());
    }
    if (call.getOperator() instanceof SqlAggFunction) {
      return aggregate(call);
    }
    List<RexNode> operands = new ArrayList<>();
    for (RexNode operand : call.getOperands()) {
      operands.add(read(operand, place));
    }
    // A row that is not there has no values, so nothing is sure not to be NULL.
    return call.clone(nullable(call.getType()), operands);
  }

  private static int offset(RexCall call, int otherwise) {
    if (call.getOperands().size() < 2) {
      return otherwise;
    }
    Integer offset =
        call.getOperands().get(1) instanceof RexLiteral literal
            ? literal.getValueAs(Integer.class)
            : null;
    if (offset == null || offset < 0) {
      throw new UnsupportedQueryException(
          "the offset of %s has to be a number of rows, 0 or more".formatted(call.getKind()));
    }
    return offset;
  }

  private RexNode slot(Slot slot, RelDataType type) {
    int at = slots.indexOf(slot);
    if (at < 0) {
      at = slots.size();
      slots.add(slot);
      types.add(nullable(type));
      names.add(name(slot));
    }
    return rex.makeInputRef(types.get(at), at);
  }

  private String name(Slot slot) {
    return slot instanceof Slot.Column column
        ? input.getFieldList().get(column.column()).getName()
        : slot.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private RelDataType nullable(RelDataType type) {
    return type.isStruct() ? type : rex.getTypeFactory().createTypeWithNullability(type, true);
  }

  /** Names that are no variables are those of the table: any row. */
  private int variable(String name) {
    int known = variables.indexOf(name);
    return known < 0 ? variables.size() : known;
  }

  private RexNode aggregate(RexCall call) {
    Set<String> of = new HashSet<>();
    List<RexNode> arguments =
        call.getOperands().stream().map(operand -> ofOneRow(operand, of)).toList();
    if (of.size() > 1) {
      throw new UnsupportedQueryException(
          "an aggregate in MATCH_RECOGNIZE is over the rows of one variable: " + call);
    }
    int variable = of.isEmpty() ? variables.size() : variable(of.iterator().next());
    boolean plain = arguments.stream().allMatch(RexInputRef.class::isInstance);
    List<Integer> columns =
        plain
            ? arguments.stream().map(a -> ((RexInputRef) a).getIndex()).toList()
            : IntStream.range(0, arguments.size()).boxed().toList();
    AccumulatorFactory function =
        factory(
            new Aggregation(
                call.getOperator().getName().toUpperCase(Locale.ROOT),
                columns,
                arguments.stream().map(RexNode::getType).toList(),
                false,
                -1,
                List.of(),
                nullable(call.getType())));
    return slot(
        new Slot.Aggregate(
            variable,
            function,
            plain ? null : RowFunction.compile(rex, input, null, arguments),
            calls.count++,
            calls),
        call.getType());
  }

  private static AccumulatorFactory factory(Aggregation call) {
    try {
      return Aggregates.factory(call);
    } catch (UnsupportedOperationException e) {
      throw new UnsupportedQueryException("MATCH_RECOGNIZE cannot compute " + e.getMessage(), e);
    }
  }

  /** An argument of an aggregate, over the input's row. */
  private RexNode ofOneRow(RexNode argument, Set<String> of) {
    return argument.accept(
        new RexShuttle() {
          @Override
          public RexNode visitPatternFieldRef(RexPatternFieldRef ref) {
            of.add(variables.contains(ref.getAlpha()) ? ref.getAlpha() : "*");
            return rex.makeInputRef(
                input.getFieldList().get(ref.getIndex()).getType(), ref.getIndex());
          }

          @Override
          public RexNode visitCall(RexCall call) {
            return switch (call.getKind()) {
              case LAST, PREV, FINAL, RUNNING -> {
                if (offset(call, call.getKind() == SqlKind.PREV ? 1 : 0) != 0) {
                  throw new UnsupportedQueryException(
                      "an aggregate in MATCH_RECOGNIZE cannot have " + call.getKind());
                }
                yield call.getOperands().get(0).accept(this);
              }
              case FIRST, NEXT, CLASSIFIER, MATCH_NUMBER ->
                  throw new UnsupportedQueryException(
                      "an aggregate in MATCH_RECOGNIZE cannot have " + call.getKind());
              default -> super.visitCall(call);
            };
          }
        });
  }
}
