package io.millrace.connect;

import io.millrace.connector.report.ComponentCounters;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.EdgeStatus;
import io.millrace.schemas.control.StreamDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorStateInfo;

/**
 * Tells how the components of this worker are: those whose connector or tasks run here, and, on the
 * worker that leads, those that run nowhere yet. Not thread-safe: one thread asks.
 */
public final class ComponentStatuses {

  private final ConnectorReconciler reconciler;
  private final String service;
  private final String instance;
  private final Map<String, Totals> totals = new HashMap<>();

  /** Counters that never go back when a task restarts and Connect starts to count again. */
  private static final class Totals {
    final long startedAt = System.currentTimeMillis();
    final Map<String, long[]> counters = new HashMap<>();

    long total(String name, long current) {
      long[] baseAndLast = counters.computeIfAbsent(name, n -> new long[2]);
      if (current < baseAndLast[1]) {
        baseAndLast[0] += baseAndLast[1];
      }
      baseAndLast[1] = current;
      return baseAndLast[0] + current;
    }
  }

  private record Health(ComponentState state, String code, String error) {}

  /**
   * @param instance identifies this process in {@link ComponentStatus#getInstance()}
   */
  public ComponentStatuses(ConnectorReconciler reconciler, String service, String instance) {
    this.reconciler = reconciler;
    this.service = service;
    this.instance = instance;
  }

  /** One status for each component that this worker has to tell about. */
  public List<ComponentStatus> collect() {
    Map<String, Wanted> wanted = reconciler.wanted();
    totals.keySet().retainAll(wanted.keySet());
    List<ComponentStatus> statuses = new ArrayList<>();
    if (!reconciler.worker().isReady()) {
      return statuses;
    }
    for (Wanted one : wanted.values()) {
      Health health = health(one);
      if (health != null) {
        statuses.add(status(one, health));
      }
    }
    return statuses;
  }

  private Health health(Wanted one) {
    ConnectWorker worker = reconciler.worker();
    boolean leads = worker.metrics().leads(worker.workerId());
    if (one.isDropped()) {
      boolean released = reconciler.isReleased(one.name());
      return leads || released
          ? new Health(released ? ComponentState.STOPPED : ComponentState.DRAINING, null, null)
          : null;
    }
    if (one.problem() != null) {
      return leads ? new Health(ComponentState.FAILED, "NOT_CONFIGURED", one.problem()) : null;
    }
    String rejection = reconciler.rejection(one.name());
    if (rejection != null) {
      return leads ? new Health(ComponentState.RESTARTING, "CONFIG_REJECTED", rejection) : null;
    }
    ConnectorStateInfo info = ConnectorReconciler.status(worker.herder(), one.name());
    if (info == null) {
      return leads ? new Health(ComponentState.STARTING, null, null) : null;
    }
    return mine(one, info, worker, leads);
  }

  private static Health mine(
      Wanted one, ConnectorStateInfo info, ConnectWorker worker, boolean leads) {
    String me = worker.workerId();
    boolean connectorIsMine = me.equals(info.connector().workerId());
    if (connectorIsMine && info.connector().state().equals("FAILED")) {
      return failed(info.connector());
    }
    int mine = 0;
    int running = 0;
    for (ConnectorStateInfo.TaskState task : info.tasks()) {
      if (!me.equals(task.workerId())) {
        continue;
      }
      mine++;
      if (task.state().equals("FAILED")) {
        return failed(task);
      }
      if (task.state().equals("RUNNING") && worker.metrics().hasTask(one.name(), task.id())) {
        running++;
      }
    }
    if (mine == 0 && !connectorIsMine) {
      boolean nobodys = info.tasks().isEmpty() && info.connector().workerId() == null;
      return nobodys && leads ? new Health(ComponentState.STARTING, null, null) : null;
    }
    if (!one.connector().running()) {
      boolean stopped = info.connector().state().equals("STOPPED") && running == 0;
      return new Health(stopped ? ComponentState.STOPPED : ComponentState.DRAINING, null, null);
    }
    if (mine == 0) {
      return info.tasks().isEmpty() ? new Health(ComponentState.STARTING, null, null) : null;
    }
    return new Health(
        running == mine ? ComponentState.RUNNING : ComponentState.STARTING, null, null);
  }

  private static Health failed(ConnectorStateInfo.AbstractState state) {
    return ConnectorReconciler.isStoppedOnError(state)
        ? new Health(ComponentState.FAILED, "STOPPED_ON_ERROR", RootCause.sentence(state.trace()))
        : new Health(
            ComponentState.RESTARTING, "CONNECTOR_FAILED", RootCause.sentence(state.trace()));
  }

  private ComponentStatus status(Wanted one, Health health) {
    WorkerMetrics metrics = reconciler.worker().metrics();
    ComponentCounters counters = ComponentCounters.of(one.name());
    Totals total = totals.computeIfAbsent(one.name(), n -> new Totals());
    boolean sink = one.component().getKind() == ComponentKind.SINK;
    Map<String, Long> lags = sink ? metrics.lags(one.name()) : Map.of();
    long in =
        sink ? total.total("in", (long) metrics.sum(one.name(), "sink-record-read-total")) : 0;
    long out =
        total.total(
            "out",
            (long)
                metrics.sum(
                    one.name(), sink ? "sink-record-send-total" : "source-record-write-total"));
    Map<String, Long> counted = counters.out();
    if (!counted.isEmpty()) {
      out = counted.values().stream().mapToLong(Long::longValue).sum();
    }
    Map<String, Long> taken = counters.in();
    if (!taken.isEmpty()) {
      in = taken.values().stream().mapToLong(Long::longValue).sum();
    }
    long now = System.currentTimeMillis();
    double[] latencies = counters.latencies(0.5, 0.99);
    return ComponentStatus.newBuilder()
        .setApplication(one.plan().getApplication())
        .setComponent(one.component().getName())
        .setService(service)
        .setInstance(instance)
        .setRevision(one.plan().getRevision())
        .setState(health.state())
        .setReleased(one.isDropped() && health.state() == ComponentState.STOPPED)
        .setErrorCode(health.code())
        .setError(health.error())
        .setErrorAt(health.error() == null ? null : now)
        .setGuarantee(one.provider() == null ? null : one.provider().descriptor().getGuarantee())
        .setStartedAt(total.startedAt)
        .setEventsIn(in)
        .setEventsOut(out)
        .setLatencyP50Millis(latencies == null ? null : latencies[0])
        .setLatencyP99Millis(latencies == null ? null : latencies[1])
        .setDeadLetters(counters.deadLetters())
        .setLag(lags.values().stream().mapToLong(Long::longValue).sum())
        .setLastEventTime(counters.lastEventTime())
        .setEdges(edges(one, sink ? taken : counted, sink ? in : out, lags, sink))
        .setDetails(new HashMap<>(counters.details()))
        .setReportedAt(now)
        .build();
  }

  private static List<EdgeStatus> edges(
      Wanted one, Map<String, Long> counted, long all, Map<String, Long> lags, boolean input) {
    List<String> names = input ? one.component().getInputs() : one.component().getOutputs();
    List<EdgeStatus> edges = new ArrayList<>(names.size());
    for (String name : names) {
      String topic = topic(one, name);
      long events = names.size() == 1 && counted.isEmpty() ? all : counted.getOrDefault(topic, 0L);
      edges.add(new EdgeStatus(name, input, events, lags.getOrDefault(topic, 0L)));
    }
    return edges;
  }

  private static String topic(Wanted one, String stream) {
    return one.plan().getStreams().stream()
        .filter(s -> s.getName().equals(stream))
        .map(StreamDefinition::getTopic)
        .findFirst()
        .orElse(stream);
  }
}
