package io.millrace.cep;

import io.millrace.flow.stateful.Node;
import io.millrace.flow.stateful.Signature;
import io.millrace.flow.stateful.Signatures;
import io.millrace.flow.stateful.StatefulPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of what a task of another query has saved a query can go on with: the operators whose
 * signatures both have. They go on exactly as the other query's would only while all that they were
 * told of time is told them still, so nothing fits if the other query took the time of its events
 * from where this one does not look.
 */
public final class Takeover {

  private final List<String> kept = new ArrayList<>();
  private final List<String> empty = new ArrayList<>();
  private final StatefulTask task;

  private Takeover(
      StatefulPlan plan, List<Source> sources, Signatures signatures, SavedTask saved) {
    boolean sameTimes = saved.clocks().areAmong(sources);
    List<Node> tops = new ArrayList<>();
    visit(plan.root(), signatures, saved, sameTimes, tops);
    task =
        kept.isEmpty()
            ? null
            : new StatefulTask(
                sources,
                plan.leaves().size(),
                Graph.of(tops, plan, signatures, new Nowhere()),
                saved.clocks());
    if (task != null) {
      task.restore(saved);
    }
  }

  static Takeover of(StatefulPlan plan, List<Source> sources, Signatures signatures, byte[] state) {
    return new Takeover(plan, sources, signatures, SavedTask.of(state));
  }

  private void visit(
      Node node, Signatures signatures, SavedTask saved, boolean sameTimes, List<Node> tops) {
    Signature signature = signatures.of(node);
    if (sameTimes && saved.signatures().contains(signature.digest())) {
      tops.add(node);
      note(node, signatures, kept);
      return;
    }
    if (Signatures.remembers(node)) {
      empty.add(signature.words());
    }
    node.inputs().forEach(input -> visit(input, signatures, saved, sameTimes, tops));
  }

  private static void note(Node node, Signatures signatures, List<String> words) {
    if (Signatures.remembers(node)) {
      words.add(signatures.of(node).words());
    }
    node.inputs().forEach(input -> note(input, signatures, words));
  }

  /** What is kept, for a person; empty when nothing fits. */
  public List<String> kept() {
    return kept;
  }

  /** What begins empty, for a person. */
  public List<String> empty() {
    return empty;
  }

  /**
   * A task of what is kept, as the other query left it and with its allowances for lateness, which
   * gives nothing: to be given the groups of the other one, and fed what that was fed after it had
   * saved. Then a task of the whole query goes on from it ({@link StatefulTask#continueFrom}).
   *
   * @throws IllegalStateException if nothing is kept
   */
  public StatefulTask task() {
    if (task == null) {
      throw new IllegalStateException("nothing is kept");
    }
    return task;
  }
}
