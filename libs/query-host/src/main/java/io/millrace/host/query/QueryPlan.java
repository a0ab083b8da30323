package io.millrace.host.query;

import io.millrace.host.Surroundings;
import io.millrace.loop.Channel;
import io.millrace.loop.LoopConfig;
import io.millrace.loop.LoopInput;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.Schema;

/**
 * One QUERY of a plan: what it reads, computes and writes. Equal ones run equally.
 *
 * @param application namespace.name
 * @param component the component's name
 * @param sql its SELECT
 * @param inputs the streams it reads
 * @param output the stream it writes
 * @param channels by the input's name the channels ({@link io.millrace.loop.Channel}) of the
 *     queries of the application that write it; nothing for what others write
 * @param writer which of the queries that write its output it is
 * @param readers who goes by the time of its output
 * @param options those of the application and the component that bear on how it runs, in lower case
 * @param fingerprint the component's
 */
public record QueryPlan(
    String application,
    String component,
    String sql,
    List<StreamDefinition> inputs,
    StreamDefinition output,
    Map<String, List<Integer>> channels,
    LoopConfig.Writer writer,
    OutputWatermarks.Readers readers,
    Map<String, String> options,
    String fingerprint) {

  /** Options of a component that bear on how it runs. */
  private static final List<String> OWN =
      List.of(
          "start_from",
          "language",
          "state_retention_millis",
          "state_memory_bytes",
          "idle_timeout_millis");

  public QueryPlan {
    inputs = List.copyOf(inputs);
    channels = Map.copyOf(channels);
    options = Map.copyOf(options);
  }

  /**
   * Takes a query out of a plan.
   *
   * @throws IllegalArgumentException if the plan does not hold what the component names
   */
  public static QueryPlan of(Plan plan, Component component) {
    if (component.getOutputs().size() != 1) {
      throw new IllegalArgumentException(
          "query %s has %d outputs and has to have one"
              .formatted(component.getName(), component.getOutputs().size()));
    }
    Map<String, String> options = new LinkedHashMap<>();
    for (String name : List.of("delivery", "on_error")) {
      copy(name, plan.getOptions(), options);
    }
    for (String name : OWN) {
      copy(name, component.getOptions(), options);
    }
    return new QueryPlan(
        plan.getApplication(),
        component.getName(),
        component.getSql(),
        component.getInputs().stream().map(name -> stream(plan, name)).toList(),
        stream(plan, component.getOutputs().getFirst()),
        channels(plan, component),
        writer(writers(plan, component.getOutputs().getFirst()), component),
        readers(plan, component.getOutputs().getFirst()),
        options,
        component.getFingerprint());
  }

  private static Map<String, List<Integer>> channels(Plan plan, Component reader) {
    Map<String, List<Integer>> channels = new LinkedHashMap<>();
    for (String input : reader.getInputs()) {
      Set<Integer> numbers = new TreeSet<>();
      List<Component> writers = writers(plan, input);
      for (Component writer : writers) {
        numbers.addAll(channels(plan, writer, writer(writers, writer)));
      }
      if (!numbers.isEmpty()) {
        channels.put(input, List.copyOf(numbers));
      }
    }
    return channels;
  }

  /** Stateful queries go by time, and stateless ones have to tell those behind them. */
  private static OutputWatermarks.Readers readers(Plan plan, String stream) {
    OutputWatermarks.Readers readers = OutputWatermarks.Readers.NONE;
    for (Component reader : plan.getComponents()) {
      if (reader.getKind() != ComponentKind.QUERY || !reader.getInputs().contains(stream)) {
        continue;
      }
      if (isStateful(reader)) {
        if (readers == OutputWatermarks.Readers.NONE) {
          readers = OutputWatermarks.Readers.REMEMBERING;
        }
      } else if (readers(plan, reader.getOutputs().getFirst()) != OutputWatermarks.Readers.NONE) {
        readers = OutputWatermarks.Readers.FORGETFUL;
      }
    }
    return readers;
  }

  private static boolean isStateful(Component query) {
    return query.getService().equals("analytics");
  }

  /** Results of several events come from a task, others from one of its inputs too. */
  private static Set<Integer> channels(Plan plan, Component query, LoopConfig.Writer writer) {
    List<String> inputs = query.getInputs();
    Set<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < inputs.size(); i++) {
      for (int task = 0; task < stream(plan, inputs.get(i)).getPartitions(); task++) {
        numbers.add(
            isStateful(query)
                ? Channel.number(task, writer)
                : Channel.number(task, i, inputs.size(), writer));
      }
    }
    return numbers;
  }

  private static List<Component> writers(Plan plan, String stream) {
    return plan.getComponents().stream()
        .filter(c -> c.getKind() == ComponentKind.QUERY && c.getOutputs().contains(stream))
        .toList();
  }

  private static LoopConfig.Writer writer(List<Component> writers, Component one) {
    return new LoopConfig.Writer(Math.max(0, writers.indexOf(one)), Math.max(1, writers.size()));
  }

  /** The columns of its inputs, by the streams' names, in the order of {@link #inputs}. */
  public Map<String, RowType> rows() {
    Map<String, RowType> rows = new LinkedHashMap<>();
    inputs.forEach(input -> rows.put(input.getName(), AvroTypes.toRow(input.getRowSchema())));
    return rows;
  }

  /** The column of a stream that holds the time of its events, or -1 for that of their records. */
  public static int timeColumn(StreamDefinition stream) {
    return stream.getTimestampColumn() == null
        ? -1
        : Columns.index(
            AvroTypes.toRow(stream.getRowSchema()), stream.getTimestampColumn(), stream.getName());
  }

  /**
   * How long its inputs may be silent before time goes on without them, milliseconds.
   *
   * @param usual when nothing else is said
   */
  public long idleMillis(long usual) {
    String own = options.get("idle_timeout_millis");
    return own == null ? usual : Long.parseLong(own);
  }

  /** How long it remembers what nothing else bounds, milliseconds; 0 when that is not said. */
  public long stateRetentionMillis() {
    return Long.parseLong(options.getOrDefault("state_retention_millis", "0"));
  }

  public Schema outputSchema() {
    return AvroTypes.parse(output.getRowSchema());
  }

  /** The loop that runs it, as its options want it. */
  public LoopConfig loop(Surroundings surroundings) {
    LoopConfig config =
        LoopConfig.of(
                application,
                surroundings.service(),
                component,
                surroundings.instance(),
                surroundings.kafka(),
                inputs.stream().map(QueryPlan::input).toList(),
                List.of(input(output)))
            .withWriter(writer);
    if ("at-least-once".equals(options.get("delivery"))) {
      config = config.withDelivery(LoopConfig.Delivery.AT_LEAST_ONCE);
    }
    if ("stop".equals(options.get("on_error"))) {
      config = config.withOnError(LoopConfig.OnError.STOP);
    }
    if ("latest".equals(options.get("start_from"))) {
      config = config.withStartFrom(LoopConfig.StartFrom.LATEST);
    }
    return config;
  }

  private static void copy(String name, Map<String, String> from, Map<String, String> to) {
    if (from.containsKey(name)) {
      to.put(name, from.get(name).toLowerCase(Locale.ROOT));
    }
  }

  private static LoopInput input(StreamDefinition stream) {
    return new LoopInput(stream.getName(), stream.getTopic());
  }

  private static StreamDefinition stream(Plan plan, String name) {
    return plan.getStreams().stream()
        .filter(s -> s.getName().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "%s names the stream %s, which its plan does not hold"
                    .formatted(plan.getApplication(), name)));
  }
}
