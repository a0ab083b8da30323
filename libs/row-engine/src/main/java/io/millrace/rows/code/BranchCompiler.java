package io.millrace.rows.code;

import io.millrace.flow.query.Branch;
import io.millrace.flow.query.Step;
import io.millrace.rows.code.CompiledBranch.Wave;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * Compiles a branch. Lookups that stand behind one another without needing each other's answers are
 * put into one wave, so that a batch asks the caches once for all of them.
 */
public final class BranchCompiler {
  private final Columns columns;
  private final RexBuilder rex;
  private final List<Wave> waves = new ArrayList<>();
  private final List<String> caches = new ArrayList<>();

  /** The lookups that have not been asked yet. */
  private final List<Step.Lookup> pending = new ArrayList<>();

  private int width;
  private int widthBeforePending;
  private StepCompiler step;

  private BranchCompiler(Branch branch, RexBuilder rex) {
    this.columns = Columns.of(branch);
    this.rex = rex;
    this.width = columns.streamWidth();
    this.step = new StepCompiler(rex, columns);
  }

  /** Compiles a branch; the result is immutable and thread-safe. */
  public static CompiledBranch compile(Branch branch, RexBuilder rex) {
    BranchCompiler compiler = new BranchCompiler(branch, rex);
    for (Step step : branch.steps()) {
      compiler.add(step);
    }
    compiler.ask();
    return new CompiledBranch(
        branch.stream(),
        List.copyOf(compiler.waves),
        compiler.step.project(branch.projection()),
        List.copyOf(compiler.caches));
  }

  private void add(Step next) {
    switch (next) {
      case Step.Filter filter -> {
        ask();
        step.filter(filter.condition());
      }
      case Step.Lookup lookup -> {
        // A key that could fail is computed only for rows that the lookups before it have kept.
        if (!pending.isEmpty() && !lookup.keys().stream().allMatch(this::plain)) {
          ask();
        }
        if (pending.isEmpty()) {
          widthBeforePending = width;
        }
        pending.add(lookup);
        width += lookup.width();
      }
    }
  }

  private boolean plain(RexNode key) {
    return key instanceof RexLiteral
        || (key instanceof RexInputRef ref && ref.getIndex() < widthBeforePending);
  }

  private void ask() {
    if (pending.isEmpty()) {
      return;
    }
    int first = caches.size();
    waves.add(
        new Wave(
            step.keys(pending.stream().map(Step.Lookup::keys).toList()), first, pending.size()));
    step = new StepCompiler(rex, columns);
    pending.forEach(lookup -> caches.add(lookup.cache()));
    // Later steps read the hits of all joins so far, and the last step those of all.
    int hit = 0;
    for (; hit < first; hit++) {
      step.found(hit);
    }
    for (Step.Lookup lookup : pending) {
      step.join(hit++, lookup.outer(), lookup.condition());
    }
    pending.clear();
  }

  /** Where each column of a branch's row is held: in the stream's row, or in a cache's. */
  record Columns(int streamWidth, int[] hit, int[] index, List<String> names) {
    static Columns of(Branch branch) {
      RelDataType row = branch.row();
      int size = row.getFieldCount();
      int found = 0;
      for (Step step : branch.steps()) {
        found += step instanceof Step.Lookup lookup ? lookup.width() : 0;
      }
      int[] hit = new int[size];
      int[] index = new int[size];
      int at = 0;
      for (; at < size - found; at++) {
        hit[at] = -1;
        index[at] = at;
      }
      int join = 0;
      for (Step step : branch.steps()) {
        if (step instanceof Step.Lookup lookup) {
          for (int i = 0; i < lookup.width(); i++) {
            hit[at] = join;
            index[at++] = i;
          }
          join++;
        }
      }
      List<String> names = row.getFieldList().stream().map(RelDataTypeField::getName).toList();
      return new Columns(size - found, hit, index, names);
    }

    /** A column as an object, in generated code. */
    String element(int column) {
      return hit[column] < 0
          ? "r[" + index[column] + "]"
          : "(c" + hit[column] + " == null ? null : c" + hit[column] + "[" + index[column] + "])";
    }
  }
}
