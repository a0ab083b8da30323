package io.millrace.loop;

import io.millrace.schemas.control.ComponentState;
import java.util.List;
import java.util.Map;

/**
 * How a loop is doing, at one moment.
 *
 * @param errorCode null when nothing is wrong
 * @param error what is wrong and what to do, or null
 * @param errorAt milliseconds since the epoch, or null
 * @param startedAt since when the counters count, milliseconds since the epoch
 * @param lag committed input events of the tasks here that are not yet processed
 * @param latencyP50Millis from event time to committed here, over the last 10 s; null if there was
 *     nothing
 * @param latencyP99Millis likewise
 * @param lastEventTime the highest event time seen, milliseconds since the epoch; null before the
 *     first
 * @param tasks the tasks that are here
 */
public record LoopStatus(
    ComponentState state,
    String errorCode,
    String error,
    Long errorAt,
    long startedAt,
    long eventsIn,
    long eventsOut,
    long deadLetters,
    long lag,
    Double latencyP50Millis,
    Double latencyP99Millis,
    Long lastEventTime,
    List<Edge> edges,
    List<Integer> tasks,
    Map<String, String> details) {

  /** The same in another state. */
  public LoopStatus withState(ComponentState other) {
    return new LoopStatus(
        other,
        errorCode,
        error,
        errorAt,
        startedAt,
        eventsIn,
        eventsOut,
        deadLetters,
        lag,
        latencyP50Millis,
        latencyP99Millis,
        lastEventTime,
        edges,
        tasks,
        details);
  }

  /** The same with other details. */
  public LoopStatus withDetails(Map<String, String> other) {
    return new LoopStatus(
        state,
        errorCode,
        error,
        errorAt,
        startedAt,
        eventsIn,
        eventsOut,
        deadLetters,
        lag,
        latencyP50Millis,
        latencyP99Millis,
        lastEventTime,
        edges,
        tasks,
        Map.copyOf(other));
  }

  /** One stream that is read or written. */
  public record Edge(String stream, boolean input, long events, long lag) {}
}
