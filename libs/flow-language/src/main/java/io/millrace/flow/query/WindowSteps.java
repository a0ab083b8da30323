package io.millrace.flow.query;

import io.millrace.flow.stateful.Window;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;

/** TUMBLE, HOP, CUMULATE and SESSION. */
final class WindowSteps {

  private static final BigDecimal MICROS = BigDecimal.valueOf(1000);

  /** 100 years, in milliseconds. */
  private static final BigDecimal LONGEST = BigDecimal.valueOf(36_525L * 24 * 60 * 60 * 1000);

  private static final long MOST_WINDOWS = 10_000;

  private final PieceTools tools;

  WindowSteps(PieceTools tools) {
    this.tools = tools;
  }

  Piece windowed(TableFunctionScan scan, Piece input) {
    RexCall call = (RexCall) scan.getCall();
    String function = call.getOperator().getName();
    RexCall descriptor = (RexCall) call.getOperands().get(0);
    int time = column(descriptor.getOperands().get(0));
    List<RexNode> operands =
        call.getOperands().stream().skip(1).filter(o -> !o.isA(SqlKind.DEFAULT)).toList();
    Window window =
        switch (function) {
          case "TUMBLE" -> {
            long size = positive(operands.get(0), function);
            yield new Window.Tumble(size, offset(operands, 1, size));
          }
          case "HOP" -> {
            long slide = positive(operands.get(0), function);
            long size = multiple(positive(operands.get(1), function), slide, "HOP", "slide");
            yield new Window.Hop(size, slide, offset(operands, 2, slide));
          }
          case "CUMULATE" -> {
            long step = positive(operands.get(0), function);
            long size = multiple(positive(operands.get(1), function), step, "CUMULATE", "step");
            yield new Window.Cumulate(size, step, offset(operands, 2, size));
          }
          case "SESSION" -> new Window.Session(positive(operands.get(0), function), keys(operands));
          default -> throw PieceTools.unsupported("there is no table function " + function);
        };
    List<RelDataType> types = new ArrayList<>();
    scan.getRowType().getFieldList().forEach(f -> types.add(f.getType()));
    // The types of the input as they are, not as they were before the tree was rewritten.
    List<RelDataTypeField> own = input.row().getFieldList();
    own.forEach(f -> types.set(f.getIndex(), f.getType()));
    RelDataType row = tools.row(scan.getRowType().getFieldNames(), types);
    return new Piece.InWindows(
        input, window, time, row, null, List.copyOf(tools.rex().identityProjects(row)), row);
  }

  private static List<Integer> keys(List<RexNode> operands) {
    return operands.size() < 2
        ? List.of()
        : ((RexCall) operands.get(1)).getOperands().stream().map(WindowSteps::column).toList();
  }

  private static int column(RexNode node) {
    if (node instanceof RexInputRef ref) {
      return ref.getIndex();
    }
    throw PieceTools.unsupported("DESCRIPTOR takes a column of the table, not " + node);
  }

  private static long multiple(long size, long part, String function, String what) {
    if (size % part != 0) {
      throw PieceTools.unsupported(
          "the size of a " + function + " window has to be a multiple of its " + what);
    }
    if (size / part > MOST_WINDOWS) {
      throw PieceTools.unsupported(
          "every event would be in "
              + size / part
              + " windows; they may be at most "
              + MOST_WINDOWS
              + ": make the "
              + what
              + " longer, or use OVER with a RANGE frame");
    }
    return size;
  }

  private static long positive(RexNode interval, String function) {
    long micros = micros(interval, function);
    if (micros <= 0) {
      throw PieceTools.unsupported("the intervals of " + function + " have to be above zero");
    }
    return micros;
  }

  private static long offset(List<RexNode> operands, int index, long period) {
    return index < operands.size()
        ? Math.floorMod(micros(operands.get(index), "a window"), period)
        : 0;
  }

  /** The microseconds of an interval that is written out. */
  static long micros(RexNode interval, String what) {
    if (interval instanceof RexLiteral literal
        && SqlTypeName.DAY_INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())) {
      BigDecimal millis = literal.getValueAs(BigDecimal.class);
      if (millis.abs().compareTo(LONGEST) > 0) {
        throw PieceTools.unsupported(what + " can be over at most 100 years");
      }
      return millis.multiply(MICROS).longValue();
    }
    throw PieceTools.unsupported(
        what + " needs a length of time that is written out, such as INTERVAL '10' SECOND");
  }
}
