package io.millrace.cep.over;

import io.millrace.cep.aggregate.AccumulatorFactory;
import io.millrace.cep.aggregate.Aggregates;
import io.millrace.flow.stateful.Aggregation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The calls of an OVER step by what computes them, with the result each one gives. Immutable. */
final class OverCalls {

  final int size;

  /** Whether rows leave the frame. */
  final boolean sliding;

  final AccumulatorFactory[] factories;

  /** Which of the accumulators take more heap with what is added. */
  final int[] growing;

  /** Bytes of heap that those of a partition take which do not. */
  final long heap;

  /** Which call each accumulator is for. */
  final int[] accumulated;

  final Aggregation[] lags;

  /** Which call each LAG is. */
  final int[] lagged;

  /** Which calls are ROW_NUMBER. */
  final int[] numbered;

  private OverCalls(
      int size,
      List<Integer> accumulated,
      List<Integer> lagged,
      List<Integer> numbered,
      List<Aggregation> calls,
      boolean sliding) {
    this.size = size;
    this.sliding = sliding;
    this.accumulated = ints(accumulated);
    this.lagged = ints(lagged);
    this.numbered = ints(numbered);
    this.lags = lagged.stream().map(calls::get).toArray(Aggregation[]::new);
    this.factories =
        accumulated.stream()
            .map(calls::get)
            .map(call -> sliding ? Aggregates.sliding(call) : Aggregates.factory(call))
            .toArray(AccumulatorFactory[]::new);
    this.growing = IntStream.range(0, factories.length).filter(i -> factories[i].grows()).toArray();
    this.heap =
        Arrays.stream(factories)
            .filter(factory -> !factory.grows())
            .mapToLong(factory -> factory.create().heap())
            .sum();
  }

  /**
   * Sorts calls out.
   *
   * @param sliding whether rows leave the frame
   */
  static OverCalls of(List<Aggregation> calls, boolean sliding) {
    List<Integer> accumulated = new ArrayList<>();
    List<Integer> lagged = new ArrayList<>();
    List<Integer> numbered = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      switch (calls.get(i).function()) {
        case "ROW_NUMBER" -> numbered.add(i);
        case "LAG" -> lagged.add(i);
        default -> accumulated.add(i);
      }
    }
    return new OverCalls(calls.size(), accumulated, lagged, numbered, calls, sliding);
  }

  /** Whether a partition without rows in its frame still has something to remember. */
  boolean outliveTheFrame() {
    return lags.length > 0 || numbered.length > 0;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
