package io.millrace.control.lifecycle;

import io.millrace.control.status.StatusBoard;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which components of a quiescing application may stop. A component may once everything that
 * feeds it has stopped, and it has said twice since then, some time apart, that it has nothing left
 * to process. A cache may once no query that joins it goes on.
 */
final class DrainWatch {

  private final StatusBoard board;

  /** When all feeders of a component were first seen stopped, by application/component. */
  private final Map<String, Long> quietSince = new ConcurrentHashMap<>();

  DrainWatch(StatusBoard board) {
    this.board = board;
  }

  /** The components that are to stop now: those that were, and more. */
  Set<String> next(Plan plan, Set<String> drained) {
    Set<String> next = new LinkedHashSet<>();
    for (Component component : plan.getComponents()) {
      if (drained.contains(component.getName()) || mayStop(plan, component)) {
        next.add(component.getName());
      }
    }
    return next;
  }

  /** Whether every component was told to stop, and has. */
  boolean allStopped(Plan plan, Set<String> drained) {
    boolean all =
        plan.getComponents().stream()
            .allMatch(c -> drained.contains(c.getName()) && hasStopped(plan, c));
    if (all) {
      plan.getComponents().forEach(c -> quietSince.remove(key(plan, c)));
    }
    return all;
  }

  private boolean mayStop(Plan plan, Component component) {
    if (component.getKind() == ComponentKind.SOURCE) {
      return true;
    }
    boolean fed =
        plan.getComponents().stream()
            .anyMatch(other -> feeds(other, component) && !hasStopped(plan, other));
    boolean needed =
        component.getKind() == ComponentKind.CACHE
            && plan.getComponents().stream()
                .anyMatch(other ->
                    other.getCaches().contains(component.getName()) && !hasStopped(plan, other));
    String key = key(plan, component);
    if (fed || needed) {
      quietSince.remove(key);
      return false;
    }
    if (component.getInputs().isEmpty()) {
      return true;
    }
    long since = quietSince.computeIfAbsent(key, k -> System.nanoTime());
    return board.hasNothingLeft(plan.getApplication(), component.getName(), since);
  }

  private static boolean feeds(Component other, Component component) {
    return !other.getName().equals(component.getName())
        && other.getOutputs().stream().anyMatch(component.getInputs()::contains);
  }

  private boolean hasStopped(Plan plan, Component component) {
    return board.hasStopped(plan.getApplication(), component.getName());
  }

  private static String key(Plan plan, Component component) {
    return plan.getApplication() + "/" + component.getName();
  }
}
