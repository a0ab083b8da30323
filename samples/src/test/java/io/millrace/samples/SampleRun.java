package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cep.Refusals;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.StatefulTask;
import io.millrace.cep.TaskOutput;
import io.millrace.flow.Compilation;
import io.millrace.flow.FlowCompiler;
import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.flow.query.QueryParts;
import io.millrace.rows.CacheReader;
import io.millrace.rows.RowError;
import io.millrace.rows.RowSink;
import io.millrace.rows.StatelessQuery;
import io.millrace.rows.time.InputTime;
import io.millrace.schemas.control.Component;
import io.millrace.schemas.control.ComponentKind;
import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * A sample in one thread, without services and topics: the script is compiled to its plan, and the
 * plan's queries run one after the other over what the generator wrote, all of it.
 */
final class SampleRun {

  private static final Path SAMPLES = Path.of("").toAbsolutePath();

  private final Path files;
  private final Plan plan;
  private final Map<String, RowType> types = new LinkedHashMap<>();
  private final Map<String, StreamDefinition> definitions = new HashMap<>();
  private final Map<String, List<Event>> streams = new HashMap<>();
  private final Map<String, CacheTable> caches = new LinkedHashMap<>();
  private final Map<String, Map<List<Object>, Object[]>> cached = new HashMap<>();
  private long end = Long.MIN_VALUE;

  /** A row of a stream, and the time of its record in microseconds. */
  record Event(Object[] row, long time) {}

  private SampleRun(String sample, Path files) throws IOException {
    this.files = files;
    Compilation compilation =
        new FlowCompiler()
            .compile(
                Files.readString(SAMPLES.resolve(sample).resolve(sample + ".sql")),
                "default",
                new FileConnectors());
    assertThat(compilation.diagnostics()).isEmpty();
    this.plan = compilation.plan().orElseThrow();
    for (StreamDefinition stream : plan.getStreams()) {
      definitions.put(stream.getName(), stream);
      types.put(stream.getName(), AvroTypes.toRow(stream.getRowSchema()));
    }
  }

  /** Has the generator write so many seconds, and runs all queries over them. */
  static SampleRun of(String sample, int seconds) throws Exception {
    Path files = Files.createDirectories(Path.of("target", "files").toAbsolutePath());
    Path directory = files.resolve(sample);
    Process generator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                SAMPLES.resolve(sample).resolve("Generate.java").toString(),
                directory.toString(),
                Integer.toString(seconds))
            .redirectErrorStream(true)
            .start();
    String output = new String(generator.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(generator.waitFor()).as(output).isZero();
    copyData(SAMPLES.resolve(sample).resolve("data"), directory);
    SampleRun run = new SampleRun(sample, files);
    run.run();
    return run;
  }

  private static void copyData(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> data = Files.list(from)) {
      for (Path file : data.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The rows of a stream, each by its columns' names. */
  List<Map<String, Object>> rows(String stream) {
    RowType type = types.get(stream);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Event event : streams.get(stream)) {
      Map<String, Object> row = new LinkedHashMap<>();
      for (int i = 0; i < type.size(); i++) {
        row.put(type.field(i).name(), event.row()[i]);
      }
      rows.add(row);
    }
    return rows;
  }

  private void run() throws IOException {
    List<Component> waiting = new ArrayList<>(plan.getComponents());
    Set<String> unwritten = new HashSet<>();
    waiting.forEach(component -> unwritten.addAll(component.getOutputs()));
    while (!waiting.isEmpty()) {
      Component next =
          waiting.stream()
              .filter(c -> c.getInputs().stream().noneMatch(unwritten::contains))
              .filter(c -> c.getCaches().stream().allMatch(caches::containsKey))
              .findFirst()
              .orElseThrow();
      waiting.remove(next);
      run(next);
      next.getOutputs().stream()
          .filter(output -> waiting.stream().noneMatch(c -> c.getOutputs().contains(output)))
          .forEach(unwritten::remove);
    }
  }

  private void run(Component component) throws IOException {
    if (component.getKind() == ComponentKind.SOURCE) {
      read(component);
    } else if (component.getKind() == ComponentKind.CACHE) {
      load(component);
    } else if (component.getKind() == ComponentKind.QUERY) {
      String output = component.getOutputs().getFirst();
      List<Event> events = streams.computeIfAbsent(output, s -> new ArrayList<>());
      if (component.getService().equals("analytics")) {
        stateful(component, events);
      } else {
        stateless(component, output, events);
      }
    }
  }

  private void read(Component source) throws IOException {
    String stream = source.getOutputs().getFirst();
    List<Event> events = new ArrayList<>();
    int time = types.get(stream).indexOf("ts").getAsInt();
    for (Object[] row :
        SampleFiles.rows(
            files.resolve(source.getOptions().get("path")),
            types.get(stream),
            source.getOptions())) {
      events.add(new Event(row, (Long) row[time]));
      end = Math.max(end, (Long) row[time]);
    }
    streams.put(stream, events);
  }

  private void load(Component cache) throws IOException {
    RowType type = AvroTypes.toRow(cache.getRowSchema());
    caches.put(cache.getName(), new CacheTable(cache.getName(), type, cache.getKey()));
    Map<List<Object>, Object[]> rows = new HashMap<>();
    int key = type.indexOf(cache.getKey().getFirst()).getAsInt();
    for (Object[] row :
        SampleFiles.rows(files.resolve(cache.getOptions().get("path")), type, cache.getOptions())) {
      rows.put(List.of(row[key]), row);
    }
    cached.put(cache.getName(), rows);
  }

  private void stateless(Component component, String output, List<Event> events) {
    QueryCompiler compiler = new QueryCompiler();
    OptionalInt leaf = QueryParts.leafOf(component.getOptions());
    StatelessQuery query =
        StatelessQuery.compile(
            leaf.isPresent()
                ? compiler.compileLeaf(component.getSql(), leaf.getAsInt(), types, caches.values())
                : compiler.compile(component.getSql(), types, caches.values()));
    CacheReader reader =
        lookups ->
            lookups.forEach(lookup -> {
              for (int i = 0; i < lookup.size(); i++) {
                lookup.answer(i, cached.get(lookup.cache()).get(Arrays.asList(lookup.key(i))));
              }
            });
    String column = definitions.get(output).getTimestampColumn();
    int time = column == null ? -1 : types.get(output).indexOf(column).getAsInt();
    merged(
        component,
        (stream, event) ->
            query.process(
                stream,
                List.<Object[]>of(event.row()),
                reader,
                new RowSink() {
                  @Override
                  public void row(int index, Object[] row) {
                    events.add(new Event(row, time < 0 ? event.time() : (Long) row[time]));
                  }

                  @Override
                  public void failed(RowError error) {
                    throw new AssertionError(error.message());
                  }
                }));
  }

  private void stateful(Component component, List<Event> events) {
    StatefulQuery query =
        StatefulQuery.compile(
            new QueryCompiler()
                .compileStateful(
                    component.getSql(),
                    types,
                    caches.values(),
                    QueryParts.streamsOf(component.getOptions())));
    Map<String, InputTime> times = new HashMap<>();
    component
        .getInputs()
        .forEach(name ->
            times.put(
                name,
                InputTime.ofLateness(definitions.get(name).getAllowedLatenessMillis() * 1000)));
    StatefulTask task =
        query.task(
            times,
            Long.MAX_VALUE / 2,
            new TaskOutput() {
              @Override
              public void row(Object[] row, long time) {
                events.add(new Event(row, time));
              }

              @Override
              public void failed(RowError error) {
                throw new AssertionError(error.message());
              }
            });
    Refusals none =
        new Refusals() {
          @Override
          public void late(int index, long watermark) {
            throw new AssertionError(component.getName() + " has a late event");
          }

          @Override
          public void failed(RowError error) {
            throw new AssertionError(error.message());
          }
        };
    merged(
        component,
        (stream, event) ->
            task.process(
                stream,
                List.<Object[]>of(event.row()),
                new long[] {event.time()},
                new int[1],
                none));
    task.advance(end);
  }

  /** The events of all inputs of a query, about as they would come. */
  private void merged(Component query, BiConsumer<String, Event> to) {
    record Next(String stream, long time, Event event) {}
    List<Next> all = new ArrayList<>();
    for (String stream : query.getInputs()) {
      long time = Long.MIN_VALUE;
      for (Event event : streams.get(stream)) {
        time = Math.max(time, event.time());
        all.add(new Next(stream, time, event));
      }
    }
    all.sort((a, b) -> Long.compare(a.time, b.time));
    all.forEach(next -> to.accept(next.stream, next.event));
  }
}
