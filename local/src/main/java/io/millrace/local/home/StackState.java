package io.millrace.local.home;

import java.util.List;
import java.util.Optional;

/**
 * What a running stack says about itself, in {@code stack.json}.
 *
 * @param shape one-jvm or processes
 * @param pid the supervisor
 * @param startedAt milliseconds since the epoch
 * @param url where users go
 * @param parts servers and services
 */
public record StackState(String shape, long pid, long startedAt, String url, List<Part> parts) {

  public StackState {
    parts = List.copyOf(parts);
  }

  /** How far a part is. */
  public enum PartState {
    WAITING,
    STARTING,
    READY,
    FAILED,
    STOPPED
  }

  /**
   * One server or service.
   *
   * @param kind server, service or demo
   * @param pid 0 while it does not run, or when it runs elsewhere
   * @param address where it listens
   * @param detail why it is not ready, or null
   * @param restarts how often it was started again since the stack started
   */
  public record Part(
      String name,
      String kind,
      PartState state,
      long pid,
      String address,
      String detail,
      int restarts) {}

  /** Whether every part is ready. */
  public boolean ready() {
    return !parts.isEmpty() && parts.stream().allMatch(part -> part.state() == PartState.READY);
  }

  public Optional<Part> part(String name) {
    return parts.stream().filter(part -> part.name().equals(name)).findFirst();
  }
}
