package io.millrace.flow.query;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/** Moves each condition of a branch before the look-ups that it does not need. */
final class FilterPlacement {

  private FilterPlacement() {}

  /**
   * @param steps as written
   * @param width how many columns the stream has
   * @param last applied to every expression
   */
  static List<Step> place(RexBuilder rex, List<Step> steps, int width, RexShuttle last) {
    List<Step.Lookup> lookups = new ArrayList<>();
    List<Integer> widths = new ArrayList<>(List.of(width));
    List<List<RexNode>> conditions = new ArrayList<>(List.of(new ArrayList<>()));
    for (Step step : steps) {
      switch (step) {
        case Step.Lookup lookup -> {
          lookups.add(lookup);
          widths.add(widths.get(widths.size() - 1) + lookup.width());
          conditions.add(new ArrayList<>());
        }
        case Step.Filter filter -> {
          for (RexNode conjunct : RelOptUtil.conjunctions(filter.condition())) {
            conditions.get(earliest(conjunct, widths)).add(conjunct);
          }
        }
      }
    }
    List<Step> placed = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      if (i > 0) {
        Step.Lookup lookup = lookups.get(i - 1);
        placed.add(
            new Step.Lookup(
                lookup.cache(),
                lookup.outer(),
                last.visitList(lookup.keys()),
                lookup.condition() == null ? null : lookup.condition().accept(last),
                lookup.width()));
      }
      RexNode all = RexUtil.composeConjunction(rex, conditions.get(i), true);
      if (all != null) {
        placed.add(new Step.Filter(all.accept(last)));
      }
    }
    return placed;
  }

  private static int earliest(RexNode condition, List<Integer> widths) {
    int last = widths.size() - 1;
    if (!RexUtil.isDeterministic(condition)) {
      return last;
    }
    int needed = RelOptUtil.InputFinder.bits(condition).length();
    for (int i = 0; i < last; i++) {
      if (needed <= widths.get(i)) {
        return i;
      }
    }
    return last;
  }
}
