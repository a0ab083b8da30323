package io.millrace.loop;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a loop reads and how it behaves.
 *
 * @param application namespace.name
 * @param service the service that runs it, for instance enrichment
 * @param component the component's name in the plan
 * @param instance identifies this member among all that run the component; the same after a restart
 *     of the same process, so that what it left unfinished is aborted at once
 * @param client how Kafka clients connect here (bootstrap.servers, security)
 * @param inputs the streams it reads, in the order in which a task gets them
 * @param outputs the streams it writes, for the counters of its status
 * @param delivery exactly-once or at-least-once
 * @param onError what happens with records that cannot be processed
 * @param startFrom where to start in an input that this component has not read before
 * @param maxBatch the most events of one poll
 * @param tick how often {@link TaskProcessor#tick} is called; zero: never
 * @param writer which of the writers of its output it is
 */
public record LoopConfig(
    String application,
    String service,
    String component,
    String instance,
    Map<String, String> client,
    List<LoopInput> inputs,
    List<LoopInput> outputs,
    Delivery delivery,
    OnError onError,
    StartFrom startFrom,
    int maxBatch,
    Duration tick,
    Writer writer) {

  /**
   * One of the components that write a stream.
   *
   * @param index its number, from 0
   * @param of how many there are
   */
  public record Writer(int index, int of) {
    /** The only one. */
    public static final Writer ONLY = new Writer(0, 1);
  }

  /** What a crash may do to what the loop emits. */
  public enum Delivery {
    EXACTLY_ONCE,
    AT_LEAST_ONCE
  }

  /** What happens with a record that cannot be processed. */
  public enum OnError {
    DEAD_LETTER,
    STOP
  }

  /** Where a component starts in an input that it has not read before. */
  public enum StartFrom {
    EARLIEST,
    LATEST
  }

  public LoopConfig {
    Objects.requireNonNull(application, "application");
    Objects.requireNonNull(service, "service");
    Objects.requireNonNull(component, "component");
    Objects.requireNonNull(instance, "instance");
    client = Map.copyOf(client);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("a loop needs an input");
    }
    if (maxBatch < 1) {
      throw new IllegalArgumentException("maxBatch has to be at least 1, not " + maxBatch);
    }
  }

  /** A loop with everything that is usual: exactly-once, dead letters, from the beginning. */
  public static LoopConfig of(
      String application,
      String service,
      String component,
      String instance,
      Map<String, String> client,
      List<LoopInput> inputs,
      List<LoopInput> outputs) {
    return new LoopConfig(
        application,
        service,
        component,
        instance,
        client,
        inputs,
        outputs,
        Delivery.EXACTLY_ONCE,
        OnError.DEAD_LETTER,
        StartFrom.EARLIEST,
        10_000,
        Duration.ZERO,
        Writer.ONLY);
  }

  public LoopConfig withDelivery(Delivery other) {
    return new LoopConfig(
        application,
        service,
        component,
        instance,
        client,
        inputs,
        outputs,
        other,
        onError,
        startFrom,
        maxBatch,
        tick,
        writer);
  }

  public LoopConfig withOnError(OnError other) {
    return new LoopConfig(
        application,
        service,
        component,
        instance,
        client,
        inputs,
        outputs,
        delivery,
        other,
        startFrom,
        maxBatch,
        tick,
        writer);
  }

  public LoopConfig withStartFrom(StartFrom other) {
    return new LoopConfig(
        application,
        service,
        component,
        instance,
        client,
        inputs,
        outputs,
        delivery,
        onError,
        other,
        maxBatch,
        tick,
        writer);
  }

  public LoopConfig withMaxBatch(int other) {
    return new LoopConfig(
        application,
        service,
        component,
        instance,
        client,
        inputs,
        outputs,
        delivery,
        onError,
        startFrom,
        other,
        tick,
        writer);
  }

  public LoopConfig withTick(Duration other) {
    return new LoopConfig(
        application,
        service,
        component,
        instance,
        client,
        inputs,
        outputs,
        delivery,
        onError,
        startFrom,
        maxBatch,
        other,
        writer);
  }

  public LoopConfig withWriter(Writer other) {
    return new LoopConfig(
        application,
        service,
        component,
        instance,
        client,
        inputs,
        outputs,
        delivery,
        onError,
        startFrom,
        maxBatch,
        tick,
        other);
  }

  /**
   * The consumer group. One a component, so that each keeps a position of its own in inputs that
   * several read: it can be added, stopped, changed and drained without touching the others.
   */
  public String group() {
    return "millrace." + application + "." + service + "." + component;
  }

  String transactionalId() {
    return group() + "@" + instance;
  }
}
