package io.millrace.cep.aggregate;

import io.millrace.flow.stateful.Aggregation;
import io.millrace.flow.type.CalciteTypes;
import io.millrace.schemas.type.DataType;
import java.util.List;

/**
 * The aggregate functions by their names. NULLs do not count; without a value COUNT gives 0 and
 * everything else NULL. Sums are exact while they grow; a result that does not fit its type is a
 * {@link io.millrace.rows.library.RowException} of the accumulator's {@code result}.
 */
public final class Aggregates {

  private Aggregates() {}

  /**
   * For groups that only grow: small and fast.
   *
   * @throws io.millrace.rows.UnsupportedQueryException if there is no such function for such
   *     arguments
   */
  public static AccumulatorFactory factory(Aggregation call) {
    return new Maker(call, false).make();
  }

  /**
   * For frames that rows leave again, the oldest first; {@code retracts} is true. What they need
   * for it grows with the rows in the frame, so a frame that no row leaves takes {@link #factory}.
   *
   * @throws io.millrace.rows.UnsupportedQueryException if there is no such function for such
   *     arguments
   */
  public static AccumulatorFactory sliding(Aggregation call) {
    return new Maker(call, true).make();
  }

  /** Types of the arguments. */
  static List<DataType> types(Aggregation call) {
    return call.argumentTypes().stream().map(CalciteTypes::toDataType).toList();
  }
}
