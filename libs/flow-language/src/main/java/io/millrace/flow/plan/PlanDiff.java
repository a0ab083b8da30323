package io.millrace.flow.plan;

import io.millrace.schemas.control.Plan;
import java.util.List;

/**
 * The difference between two revisions of an application.
 *
 * @param components every component of either, in the order of the new plan, removed ones last
 * @param streams every stream of either, likewise
 */
public record PlanDiff(List<Change> components, List<Change> streams) {

  public PlanDiff {
    components = List.copyOf(components);
    streams = List.copyOf(streams);
  }

  /** What became of something. */
  public enum Kind {
    ADDED,
    REMOVED,
    CHANGED,
    UNCHANGED
  }

  /**
   * A component's or a stream's change.
   *
   * @param name its name in the plan
   * @param restarts whether something that runs has to be started again
   * @param reasons what changed, each a phrase for a person; empty unless CHANGED
   */
  public record Change(String name, Kind kind, boolean restarts, List<String> reasons) {
    public Change {
      reasons = List.copyOf(reasons);
    }
  }

  /** Compares two plans of one application; null stands for no plan. */
  public static PlanDiff between(Plan before, Plan after) {
    return new PlanComparison(before, after).diff();
  }

  /** Whether applying the new plan does anything. */
  public boolean isEmpty() {
    return components.stream().allMatch(c -> c.kind() == Kind.UNCHANGED)
        && streams.stream().allMatch(c -> c.kind() == Kind.UNCHANGED);
  }
}
