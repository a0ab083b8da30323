package io.millrace.cep.join;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.flow.stateful.Node;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.flow.type.FlowTypeFactory;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Inputs of joins: rows of a key, a time and a number, which are all distinct. */
final class JoinInput {

  static final int KEY = 0;
  static final int TIME = 1;
  static final int NUMBER = 2;
  static final int WIDTH = 3;

  static final RexBuilder REX = new RexBuilder(new FlowTypeFactory());

  static final RelDataType ROW =
      CalciteTypes.toCalcite(
          RowType.of(
              Field.nullable("k", DataType.STRING),
              Field.nullable("t", DataType.TIMESTAMP),
              Field.nullable("v", DataType.BIGINT)),
          (FlowTypeFactory) REX.getTypeFactory());

  static final Node.Leaf LEFT = new Node.Leaf(0, List.of(), ROW, TIME);
  static final Node.Leaf RIGHT = new Node.Leaf(1, List.of(), ROW, TIME);

  private JoinInput() {}

  /** That the left number is not above the right one by more than 2. */
  static RexNode numbersFit() {
    RelDataType number = ROW.getFieldList().get(NUMBER).getType();
    return REX.makeCall(
        SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
        REX.makeInputRef(number, NUMBER),
        REX.makeCall(
            SqlStdOperatorTable.PLUS,
            REX.makeInputRef(number, WIDTH + NUMBER),
            REX.makeExactLiteral(BigDecimal.TWO)));
  }

  static boolean doNumbersFit(Object[] left, Object[] right) {
    return (Long) left[NUMBER] <= (Long) right[NUMBER] + 2;
  }

  record Event(int side, Object[] row, long time) {
    static Event of(int side, String key, long time, long number) {
      return new Event(side, new Object[] {key, time, number}, time);
    }
  }

  /** What comes out of a join, in words. */
  static final class Collected implements Rows {
    final List<String> rows = new ArrayList<>();
    final List<Long> times = new ArrayList<>();

    @Override
    public void row(Object[] row, long time) {
      rows.add(Arrays.toString(row));
      times.add(time);
    }
  }

  /** Events of both sides, each by at most {@code disorder} earlier than one before it. */
  static List<Event> random(Random random, int size, long disorder) {
    List<Event> events = new ArrayList<>();
    long now = 100_000;
    for (int i = 0; i < size; i++) {
      now += random.nextInt(3) == 0 ? 0 : random.nextInt(40);
      long time = now - (disorder == 0 ? 0 : random.nextLong(disorder + 1));
      String key = random.nextInt(12) == 0 ? null : "k" + random.nextInt(4);
      events.add(Event.of(random.nextInt(2), key, time, i));
    }
    return events;
  }

  /** Feeds events, the clock following by {@code disorder}; at {@code cut} the join is replaced. */
  static Collected run(Function<Rows, Operator> join, List<Event> events, long disorder, int cut) {
    Collected out = new Collected();
    Operator operator = join.apply(out);
    long highest = Long.MIN_VALUE;
    for (int i = 0; i < events.size(); i++) {
      if (i == cut) {
        StateWriter state = new StateWriter();
        operator.save(state);
        operator = join.apply(out);
        operator.restore(new StateReader(state.toBytes()));
      }
      Event event = events.get(i);
      operator.event(event.side(), event.row(), event.time());
      if (event.time() > highest) {
        highest = event.time();
        operator.advance(highest - disorder - 1);
      }
    }
    operator.advance(Long.MAX_VALUE);
    return out;
  }

  /** The join of everything with everything. */
  static List<String> reference(
      JoinRelType kind, List<Event> events, BiPredicate<Object[], Object[]> matches) {
    List<Object[]> left = events.stream().filter(e -> e.side() == 0).map(Event::row).toList();
    List<Object[]> right = events.stream().filter(e -> e.side() == 1).map(Event::row).toList();
    List<String> rows = new ArrayList<>();
    boolean leftOnly = kind == JoinRelType.SEMI || kind == JoinRelType.ANTI;
    for (Object[] l : left) {
      List<Object[]> partners = right.stream().filter(r -> matches.test(l, r)).toList();
      if (leftOnly) {
        if (partners.isEmpty() == (kind == JoinRelType.ANTI)) {
          rows.add(Arrays.toString(l));
        }
        continue;
      }
      partners.forEach(r -> rows.add(both(l, r)));
      if (partners.isEmpty() && kind.generatesNullsOnRight()) {
        rows.add(both(l, new Object[WIDTH]));
      }
    }
    if (kind.generatesNullsOnLeft()) {
      for (Object[] r : right) {
        if (left.stream().noneMatch(l -> matches.test(l, r))) {
          rows.add(both(new Object[WIDTH], r));
        }
      }
    }
    return rows;
  }

  static boolean equalKeys(Object[] left, Object[] right) {
    return left[KEY] != null && left[KEY].equals(right[KEY]);
  }

  private static String both(Object[] left, Object[] right) {
    Object[] both = Arrays.copyOf(left, WIDTH * 2);
    System.arraycopy(right, 0, both, WIDTH, WIDTH);
    return Arrays.toString(both);
  }
}
