package io.millrace.cep;

import io.millrace.cep.operator.Operator;
import io.millrace.cep.operator.Rows;
import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;
import io.millrace.rows.library.RowException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Runs an operator and keeps what it gives as text. */
public final class Collected implements Rows {

  private final List<String> rows = new ArrayList<>();

  @Override
  public void row(Object[] row, long time) {
    rows.add(Arrays.deepToString(row) + "@" + time);
  }

  @Override
  public void failed(RowException reason) {
    rows.add(reason.getMessage());
  }

  public List<String> rows() {
    return rows;
  }

  /** What was given since the last call. */
  public List<String> take() {
    List<String> taken = List.copyOf(rows);
    rows.clear();
    return taken;
  }

  /** A new operator that has restored what this one saves. */
  public static Operator moved(Operator operator, Function<Rows, Operator> maker, Rows out) {
    StateWriter writer = new StateWriter();
    operator.save(writer);
    Operator moved = maker.apply(out);
    moved.restore(new StateReader(writer.toBytes()));
    return moved;
  }
}
