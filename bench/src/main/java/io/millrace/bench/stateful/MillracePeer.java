package io.millrace.bench.stateful;

import io.millrace.analytics.AnalyticsRunners;
import io.millrace.analytics.query.EplCompilation;
import io.millrace.analytics.query.Settings;
import io.millrace.analytics.query.SqlCompilation;
import io.millrace.cep.Refusals;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.StatefulTask;
import io.millrace.cep.TaskOutput;
import io.millrace.cep.epl.EplException;
import io.millrace.cep.epl.EplLimits;
import io.millrace.cep.epl.EplQuery;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.host.Applications;
import io.millrace.host.Surroundings;
import io.millrace.rows.RowError;
import io.millrace.rows.time.InputTime;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.DesiredState;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs queries in a process of its own, with what the analytics service runs them with. Argument:
 * the broker. Lines: {@code host|topic e|topic f or empty|output topic|events|language|text},
 * {@code engine|keys|events|rounds|language|text} and, for Esper by itself, {@code
 * esper|keys|events|rounds|text}.
 */
final class MillracePeer {

  private static final String APPLICATION = "bench.stateful";
  private static final int BATCH = 5000;

  /** The columns that all queries in EPL give. */
  private static final RowType EPL_OUTPUT =
      RowType.of(
          Field.nullable("k", DataType.INT),
          Field.nullable("s", DataType.DOUBLE),
          Field.nullable("n", DataType.BIGINT));

  private final Map<String, String> kafka;
  private final KafkaSchemaStore schemas;
  private int run;

  private MillracePeer(Map<String, String> kafka, KafkaSchemaStore schemas) {
    this.kafka = kafka;
    this.schemas = schemas;
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> kafka = Map.of("bootstrap.servers", args[0]);
    System.out.println("ready");
    try (KafkaSchemaStore schemas = new KafkaSchemaStore(kafka)) {
      MillracePeer peer = new MillracePeer(kafka, schemas);
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      String line;
      while ((line = in.readLine()) != null) {
        String[] words = line.split("\\|", -1);
        System.out.println(
            "done "
                + switch (words[0]) {
                  case "host" -> peer.host(words);
                  case "engine" -> engine(words);
                  default -> esper(words);
                });
      }
    }
  }

  private String host(String[] words) {
    Map<String, String> topics = new HashMap<>();
    topics.put("e", words[1]);
    if (!words[2].isEmpty()) {
      topics.put("f", words[2]);
    }
    long events = Long.parseLong(words[4]);
    Plan plan = plan(topics, words[3], words[5], words[6]);
    Surroundings surroundings =
        new Surroundings("analytics", "bench", kafka, schemas, options -> options);
    try (Applications applications =
        new Applications(
            "analytics",
            application ->
                new AnalyticsRunners(
                    surroundings,
                    Settings.USUAL,
                    words[5].equals("epl") ? new EplCompilation() : new SqlCompilation()))) {
      applications.apply(plan);
      ComponentStatus status;
      do {
        LockSupport.parkNanos(5_000_000);
        status = applications.statuses().iterator().next();
        if (status.getError() != null) {
          System.err.println(status.getError());
        }
      } while (status.getEventsIn() < events);
      return "";
    }
  }

  /**
   * The query has the name of its output topic: one that an earlier process used would go on where
   * that one was.
   */
  private Plan plan(Map<String, String> topics, String to, String language, String text) {
    run++;
    RowType output = compile(language, text, List.copyOf(topics.keySet())).output();
    List<StreamDefinition> streams = new ArrayList<>();
    topics.forEach((name, topic) ->
        streams.add(stream(name, topic, Load.schema(topic).toString(), Load.LATENESS_MILLIS)));
    streams.add(stream("out", to, AvroTypes.toAvro(output, to).toString(), 0));
    Component query =
        Component.newBuilder()
            .setName(to.substring(to.lastIndexOf('.') + 1))
            .setKind(ComponentKind.QUERY)
            .setService("analytics")
            .setFingerprint(text + run)
            .setOptions(Map.of("language", language))
            .setInputs(topics.keySet().stream().sorted().toList())
            .setOutputs(List.of("out"))
            .setSql(text)
            .build();
    return Plan.newBuilder()
        .setApplication(APPLICATION)
        .setRevision(run)
        .setDesired(DesiredState.RUNNING)
        .setStreams(streams)
        .setComponents(List.of(query))
        .build();
  }

  private static StreamDefinition stream(String name, String topic, String row, long lateness) {
    return StreamDefinition.newBuilder()
        .setName(name)
        .setTopic(topic)
        .setRowSchema(row)
        .setKind(StreamKind.EVENTS)
        .setPartitionBy(List.of("k"))
        .setAllowedLatenessMillis(lateness)
        .setPartitions(Load.PARTITIONS)
        .build();
  }

  private static StatefulQuery compile(String language, String text, List<String> inputs) {
    Map<String, RowType> rows = new HashMap<>();
    inputs.forEach(input -> rows.put(input, Load.ROW));
    if (language.equals("sql")) {
      return StatefulQuery.compile(new QueryCompiler().compileStateful(text, rows, List.of()));
    }
    try {
      return EplQuery.compile(text, rows, EPL_OUTPUT, EplLimits.defaults())
          .stateful("bench", inputs);
    } catch (EplException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Nanoseconds an event of the engine alone, rows made beforehand; the best of the rounds. */
  private static String engine(String[] words) {
    int events = Integer.parseInt(words[2]);
    List<String> both = words[4].equals("sql") ? List.of("e", "f") : List.of("e");
    StatefulQuery query = compile(words[4], words[5], both);
    List<List<Object[]>> batches = Load.batches(events, Integer.parseInt(words[1]), BATCH);
    Nowhere nowhere = new Nowhere();
    long best = Long.MAX_VALUE;
    for (int round = 0; round < Integer.parseInt(words[3]); round++) {
      Map<String, InputTime> times = new HashMap<>();
      query
          .inputs()
          .forEach(input -> times.put(input, InputTime.ofLateness(Load.LATENESS_MILLIS * 1000)));
      StatefulTask task = query.task(times, Long.MAX_VALUE / 2, nowhere);
      long start = System.nanoTime();
      for (List<Object[]> batch : batches) {
        long[] at = new long[batch.size()];
        for (int i = 0; i < at.length; i++) {
          at[i] = (Long) batch.get(i)[4];
        }
        for (String input : query.inputs()) {
          task.process(input, batch, at, new int[at.length], nowhere);
        }
      }
      best = Math.min(best, (System.nanoTime() - start) / query.inputs().size());
    }
    return Long.toString(best / events);
  }

  /** The same of Esper by itself. */
  private static String esper(String[] words) {
    int events = Integer.parseInt(words[2]);
    List<List<Object[]>> batches = Load.batches(events, Integer.parseInt(words[1]), BATCH);
    long best = Long.MAX_VALUE;
    for (int round = 0; round < Integer.parseInt(words[3]); round++) {
      try (EsperAlone esper = new EsperAlone(words[4])) {
        long start = System.nanoTime();
        batches.forEach(esper::process);
        best = Math.min(best, System.nanoTime() - start);
      }
    }
    return Long.toString(best / events);
  }

  private static final class Nowhere implements TaskOutput, Refusals {
    @Override
    public void row(Object[] row, long time) {}

    @Override
    public void late(int index, long watermark) {}

    @Override
    public void failed(RowError error) {
      throw new IllegalStateException(error.toString());
    }
  }
}
