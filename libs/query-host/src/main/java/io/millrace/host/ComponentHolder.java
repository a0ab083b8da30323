package io.millrace.host;

import io.millrace.loop.LoopStatus;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.EdgeStatus;
import io.millrace.schemas.control.Plan;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One component of a plan on this instance: what is wanted of it, and what runs. */
final class ComponentHolder {

  private static final Logger LOG = LoggerFactory.getLogger(ComponentHolder.class);

  /** What a plan wants of a component. */
  enum Mode {
    RUN,
    DRAIN,
    STOP
  }

  private final String service;
  private final String application;
  private final String name;
  private final RunnerFactory factory;
  private final long createdAt = System.currentTimeMillis();
  private Object definition;
  private Runner runner;
  private Mode mode = Mode.STOP;
  private long revision;
  private long updatedAt;
  private String guarantee;
  private RuntimeException failure;
  private long failedAt;

  ComponentHolder(String service, String application, String name, RunnerFactory factory) {
    this.service = service;
    this.application = application;
    this.name = name;
    this.factory = factory;
  }

  /** Tells a component that must not go on as it is to stop; {@link #apply} then waits for it. */
  synchronized void prepare(Plan plan, Component component, Mode wanted) {
    if (runner != null && (wanted == Mode.STOP || !same(plan, component))) {
      runner.requestStop();
    }
  }

  synchronized void apply(Plan plan, Component component, Mode wanted) {
    boolean again = failed() && plan.getUpdatedAt() != updatedAt;
    revision = plan.getRevision();
    updatedAt = plan.getUpdatedAt();
    guarantee = plan.getOptions().getOrDefault("delivery", "exactly-once");
    Object next;
    try {
      next = factory.definition(plan, component);
    } catch (RuntimeException e) {
      stop();
      fail(e);
      return;
    }
    if (!Objects.equals(next, definition)) {
      stop();
      if (definition != null) {
        factory.forget(definition);
      }
      definition = next;
      failure = null;
    }
    if (wanted == Mode.STOP || again || (wanted == Mode.RUN && mode == Mode.DRAIN)) {
      stop();
      failure = null;
    }
    mode = wanted;
    if (wanted == Mode.RUN && runner == null && failure == null) {
      start();
    }
    if (wanted == Mode.DRAIN && runner != null) {
      runner.drain();
    }
  }

  synchronized void requestStop() {
    if (runner != null) {
      runner.requestStop();
    }
  }

  synchronized void stop() {
    if (runner != null) {
      runner.close();
      runner = null;
    }
  }

  /** Stops it and forgets what it kept outside its streams. */
  synchronized void remove() {
    stop();
    if (definition != null) {
      factory.forget(definition);
    }
  }

  synchronized ComponentStatus status() {
    ComponentStatus.Builder status =
        ComponentStatus.newBuilder()
            .setApplication(application)
            .setComponent(name)
            .setService(service)
            .setInstance("")
            .setRevision(revision)
            .setGuarantee(guarantee)
            .setReportedAt(System.currentTimeMillis())
            .setStartedAt(createdAt);
    if (failure != null) {
      return status
          .setState(ComponentState.FAILED)
          .setErrorCode("CANNOT_START")
          .setError(message(failure))
          .setErrorAt(failedAt)
          .setEdges(List.of())
          .setDetails(Map.of())
          .build();
    }
    if (runner == null) {
      return status
          .setState(ComponentState.STOPPED)
          .setEdges(List.of())
          .setDetails(Map.of())
          .build();
    }
    LoopStatus loop = runner.status();
    return status
        .setState(loop.state())
        .setErrorCode(loop.errorCode())
        .setError(loop.error())
        .setErrorAt(loop.errorAt())
        .setStartedAt(loop.startedAt())
        .setEventsIn(loop.eventsIn())
        .setEventsOut(loop.eventsOut())
        .setDeadLetters(loop.deadLetters())
        .setLag(loop.lag())
        .setLatencyP50Millis(loop.latencyP50Millis())
        .setLatencyP99Millis(loop.latencyP99Millis())
        .setLastEventTime(loop.lastEventTime())
        .setEdges(
            loop.edges().stream()
                .map(e -> new EdgeStatus(e.stream(), e.input(), e.events(), e.lag()))
                .toList())
        .setDetails(loop.details())
        .build();
  }

  private boolean same(Plan plan, Component component) {
    try {
      return Objects.equals(definition, factory.definition(plan, component));
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean failed() {
    return failure != null || (runner != null && runner.status().state() == ComponentState.FAILED);
  }

  private void start() {
    try {
      runner = factory.start(definition);
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  private void fail(RuntimeException e) {
    LOG.error("{}.{} cannot be started", application, name, e);
    failure = e;
    failedAt = System.currentTimeMillis();
  }

  private static String message(RuntimeException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }
}
