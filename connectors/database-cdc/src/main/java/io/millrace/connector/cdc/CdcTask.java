package io.millrace.connector.cdc;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.report.ComponentCounters;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.CaptureProgress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The capture guard: runs Debezium's task, turns its records into change events, and makes the
 * whole exact, which Debezium by itself is not. It rests on four things:
 *
 * <ul>
 *   <li><b>One transaction for offsets and events.</b> Kafka Connect writes the source offset in
 *       the transaction of the events. With each offset the guard keeps the position of the last
 *       change.
 *   <li><b>Resume at a transaction's start.</b> Debezium's own resuming inside a transaction of the
 *       database doubled rows (MariaDB) and lost some (an older PostgreSQL plugin). So it is always
 *       sent back to the start of the transaction that the last kept change lies in, reads it again
 *       as a whole, and the guard drops what stands at or before the kept position. The log does
 *       not change and gives the same positions in the same order each time, so that what is
 *       dropped is exactly what was written.
 *   <li><b>The first copy is one transaction.</b> A copy of the tables that is interrupted starts
 *       over at a later state of the database, and no position tells its rows apart. So none of it
 *       is visible before all of it is: rows are sent as they are read, and committed with the
 *       offset at which the log continues. An interrupted copy is aborted and leaves nothing.
 *   <li><b>Added tables are copied beside the log.</b> Before the log is read on, the new tables
 *       are copied by a run of their own, which tells the place in the log at which it saw them.
 *       That place is kept with the offset, and changes of these tables before it are dropped: they
 *       are in the copy. Since the log is read on from where it was, nothing lies between.
 * </ul>
 */
abstract class CdcTask extends SourceTask {

  private static final Logger LOG = LoggerFactory.getLogger(CdcTask.class);
  static final String NOTIFICATIONS = "__millrace_notifications";
  static final String HEARTBEATS = "__millrace_heartbeat";

  private enum Phase {
    /** The first copy of all tables; the log follows in the same run. */
    FIRST_COPY,
    /** The first copy of tables that were added; the log follows in another run. */
    ADDED_COPY,
    /** Reading the log. */
    LOG
  }

  private final Capture capture;
  private CdcSettings settings;
  private KafkaSchemaStore schemas;
  private ComponentCounters counters;
  private Map<String, String> partition;
  private DebeziumTask debezium;
  private Phase phase;
  private CaptureState state;
  private List<String> tables;
  private List<String> copied;
  private Map<String, String> topicIds;
  private Written resume;
  private CommitOrder order;
  private boolean pendingCopies;
  private Written seen;
  private SourceRecord lastCommitted;
  private final Map<Schema, ChangeLayout> layouts = new IdentityHashMap<>();
  private final Map<String, Long> uncommitted = new HashMap<>();
  private final Map<Schema, Target> targets = new IdentityHashMap<>();

  private record Target(String table, CdcSettings.Route route) {}

  CdcTask(Capture capture) {
    this.capture = capture;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public void start(Map<String, String> props) {
    settings = CdcSettings.read(props, capture.options());
    counters = ComponentCounters.of(settings.connectorName());
    schemas = new KafkaSchemaStore(settings.kafka());
    partition = Map.of("server", settings.identifier());
    tables = expandTables();
    topicIds =
        TopicIds.of(tables.stream().map(t -> settings.route(t).topic()).toList(), settings.kafka());
    Map<String, Object> stored = context.offsetStorageReader().offset(partition);
    if (stored == null) {
      startFirstCopy();
      return;
    }
    state = CaptureState.read(stored);
    List<String> added = tables.stream().filter(t -> !isCopied(t)).toList();
    if (added.size() == tables.size()) {
      LOG.info(
          "{}: none of the tables' topics is the one that was written; starting anew",
          settings.connectorName());
      startFirstCopy();
    } else if (added.isEmpty()) {
      startLog();
    } else {
      startAddedCopy(added);
    }
  }

  @Override
  public List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> raw = debezium.poll();
    if (raw.isEmpty()) {
      return null;
    }
    List<SourceRecord> out = new ArrayList<>(raw.size());
    for (SourceRecord record : raw) {
      Phase before = phase;
      take(record, out);
      if (before == Phase.ADDED_COPY && phase == Phase.LOG) {
        // What this run read of the log beyond the copy, the run that follows reads.
        break;
      }
    }
    if (phase == Phase.LOG && !out.isEmpty()) {
      context.transactionContext().commitTransaction();
    }
    return out.isEmpty() ? null : out;
  }

  @Override
  public void commitRecord(SourceRecord record, RecordMetadata metadata) {
    if (!(record instanceof CopiedRecord)) {
      lastCommitted = record;
      uncommitted.merge(record.topic(), 1L, Long::sum);
    }
    if (record.timestamp() != null) {
      counters.eventTime(record.timestamp());
      if (!(record instanceof CopiedRecord)) {
        counters.latency(record.timestamp(), System.currentTimeMillis());
      }
    }
  }

  @Override
  public void commit() {
    uncommitted.forEach((topic, events) -> {
      if (!topic.equals(Topics.CAPTURES)) {
        counters.out(topic, events);
      }
    });
    uncommitted.clear();
    if (lastCommitted != null && phase == Phase.LOG) {
      debezium.committed(lastCommitted);
      lastCommitted = null;
    }
  }

  @Override
  public void stop() {
    if (debezium != null) {
      debezium.stop();
      debezium = null;
    }
    if (schemas != null) {
      schemas.close();
      schemas = null;
    }
  }

  // Phases

  private void startFirstCopy() {
    withDatabase(c -> capture.database().prepareFirst(c, settings, tables));
    Map<String, String> config = config(settings.tables().all());
    config.put("snapshot.mode", copyMode());
    state = new CaptureState(Map.of(), null, Map.of());
    copied = tables;
    phase = Phase.FIRST_COPY;
    counters.detail("phase", "first copy");
    debezium = DebeziumTask.start(capture.dialect(), config, null, context);
  }

  private void startAddedCopy(List<String> added) {
    LOG.info("{}: copying the added tables {}", settings.connectorName(), added);
    withDatabase(c -> capture.database().prepareResume(c, settings, tables));
    Map<String, String> config = config(added);
    config.putAll(capture.database().debeziumForAdded(settings));
    config.put("snapshot.mode", copyMode());
    copied = added;
    phase = Phase.ADDED_COPY;
    counters.detail("phase", "copy of added tables");
    debezium = DebeziumTask.start(capture.dialect(), config, null, context);
  }

  private void startLog() {
    withDatabase(c -> capture.database().prepareResume(c, settings, tables));
    Map<String, String> config = config(settings.tables().all());
    config.put("snapshot.mode", "initial");
    forgetPassedCopies();
    pendingCopies = state.tables().values().stream().anyMatch(t -> t.from() != null);
    order = pendingCopies ? CommitOrder.of(capture.dialect(), config) : null;
    resume = state.written();
    seen = null;
    phase = Phase.LOG;
    counters.detail("phase", "log");
    debezium =
        DebeziumTask.start(
            capture.dialect(), config, capture.dialect().rewind(state.debezium()), context);
  }

  private String copyMode() {
    return settings.options().string("snapshot").equalsIgnoreCase("initial")
        ? "initial"
        : "no_data";
  }

  /** Copies of added tables that the log has passed need no looking at any more. */
  private void forgetPassedCopies() {
    Map<String, CaptureState.TableState> all = new LinkedHashMap<>();
    state
        .tables()
        .forEach((name, copy) -> {
          boolean passed =
              copy.from() == null || capture.dialect().hasPassed(state.debezium(), copy.from());
          all.put(name, passed ? new CaptureState.TableState(copy.topic(), null) : copy);
        });
    all.keySet().removeIf(name -> !settings.tables().matches(name));
    state = state.withTables(all);
  }

  private void copyCompleted(SourceRecord notification, List<SourceRecord> out) {
    Map<String, CaptureState.TableState> all = new LinkedHashMap<>(state.tables());
    boolean first = phase == Phase.FIRST_COPY;
    Position from = first ? null : capture.dialect().snapshotPosition(notification.sourceOffset());
    if (first) {
      all.clear();
    }
    all.keySet().retainAll(tables);
    for (String table : copied) {
      String topic = settings.route(table).topic();
      all.put(table, new CaptureState.TableState(topicIds.getOrDefault(topic, ""), from));
    }
    state = state.withTables(all);
    if (first) {
      state = state.with(notification.sourceOffset(), null);
    }
    for (String table : copied) {
      out.add(progress(table, settings.route(table).topic()));
    }
    LOG.info("{}: first copy of {} tables completed", settings.connectorName(), copied.size());
    counters.detail("phase", "log");
    if (first) {
      phase = Phase.LOG;
    } else {
      debezium.stop();
      withDatabase(c -> capture.database().finishAdded(c, settings));
      startLog();
    }
  }

  // Records

  private void take(SourceRecord record, List<SourceRecord> out) {
    String topic = record.topic();
    if (topic.equals(NOTIFICATIONS)) {
      if (phase != Phase.LOG && isCopyCompleted(record)) {
        copyCompleted(record, out);
      }
    } else if (topic.startsWith(HEARTBEATS)) {
      if (phase == Phase.LOG && (order == null || order.isBetweenTransactions())) {
        heartbeat(record, out);
      }
    } else if (record.value() instanceof Struct envelope
        && record.valueSchema().field("op") != null
        && record.valueSchema().field("after") != null) {
      change(record, envelope, out);
    } else if (order != null) {
      order.boundary(record, out);
    }
  }

  private void change(SourceRecord record, Struct envelope, List<SourceRecord> out) {
    Struct source = (Struct) envelope.get("source");
    Target target = target(record, source);
    if (phase == Phase.LOG) {
      // What is in a copy counts nowhere, so that the count is the same at every reading.
      if (order == null && isInCopy(target.table(), source)) {
        return;
      }
      String transaction = capture.dialect().transactionId(source, record.sourceOffset());
      seen = Written.next(seen, transaction, target.table());
      if (resume != null) {
        if (resume.covers(seen)) {
          return;
        }
        if (!resume.transaction().equals(transaction)) {
          resume = null;
        }
      }
    }
    SourceRecord made = make(record, envelope, target);
    if (order == null) {
      out.add(made);
    } else {
      order.add(made, state.tables().get(target.table()), out);
    }
  }

  private SourceRecord make(SourceRecord record, Struct envelope, Target target) {
    ChangeLayout layout = layout(record, target);
    Object[] event = layout.event(envelope);
    byte[] key = layout.key(event);
    byte[] value = layout.encode(event);
    String topic = target.route().topic();
    Integer toPartition = key == null ? 0 : null;
    long time = Math.floorDiv((Long) event[3], 1000L);
    if (phase != Phase.LOG) {
      uncommitted.merge(topic, 1L, Long::sum);
      return new CopiedRecord(partition, topic, toPartition, key, value, time);
    }
    state = state.with(record.sourceOffset(), seen);
    return new SourceRecord(
        partition, state.offset(), topic, toPartition, null, key, null, value, time);
  }

  private void heartbeat(SourceRecord record, List<SourceRecord> out) {
    if (state.tables().isEmpty() || record.sourceOffset().equals(state.debezium())) {
      return;
    }
    // Keeps the offset by saying again of one table that its copy is complete.
    state = state.with(record.sourceOffset(), state.written());
    String table = state.tables().keySet().iterator().next();
    out.add(progress(table, settings.route(table).topic()));
  }

  private SourceRecord progress(String table, String topic) {
    CaptureProgress progress =
        new CaptureProgress(
            settings.application(),
            settings.source(),
            table,
            topic,
            true,
            System.currentTimeMillis());
    try {
      ByteBuffer buffer = progress.toByteBuffer();
      byte[] value = new byte[buffer.remaining()];
      buffer.get(value);
      return new SourceRecord(
          partition,
          state.offset(),
          Topics.CAPTURES,
          null,
          null,
          topic.getBytes(StandardCharsets.UTF_8),
          null,
          value,
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Target target(SourceRecord record, Struct source) {
    Target target = targets.get(record.valueSchema());
    if (target == null) {
      String table = capture.dialect().table(source);
      target = new Target(table, settings.route(table));
      targets.put(record.valueSchema(), target);
      if (phase == Phase.LOG && !state.tables().containsKey(table)) {
        // Created while the log was read, and all of it is in the log.
        Map<String, CaptureState.TableState> all = new LinkedHashMap<>(state.tables());
        all.put(table, new CaptureState.TableState("", null));
        state = state.withTables(all);
      }
    }
    return target;
  }

  private ChangeLayout layout(SourceRecord record, Target target) {
    ChangeLayout layout = layouts.get(record.valueSchema());
    if (layout == null) {
      String table = target.table();
      layout =
          new ChangeLayout(
              record.valueSchema(),
              record.keySchema(),
              table.substring(table.indexOf('.') + 1),
              target.route(),
              capture.dialect(),
              capture.type(),
              schemas);
      layouts.put(record.valueSchema(), layout);
    }
    return layout;
  }

  private boolean isInCopy(String table, Struct source) {
    if (!pendingCopies) {
      return false;
    }
    CaptureState.TableState copy = state.tables().get(table);
    return copy != null
        && copy.from() != null
        && capture.dialect().position(source).isBefore(copy.from());
  }

  private boolean isCopied(String table) {
    CaptureState.TableState copy = state.tables().get(table);
    if (copy == null) {
      return false;
    }
    String id = topicIds.get(settings.route(table).topic());
    return copy.topic().isEmpty() || id == null || copy.topic().equals(id);
  }

  private static boolean isCopyCompleted(SourceRecord record) {
    Struct value = (Struct) record.value();
    return "Initial Snapshot".equals(value.getString("aggregate_type"))
        && "COMPLETED".equals(value.getString("type"));
  }

  // Surroundings

  private Map<String, String> config(List<String> captured) {
    Map<String, String> config = new HashMap<>(capture.database().debezium(settings, captured));
    config.put("connector.class", capture.dialect().connectorClass());
    config.put("name", settings.connectorName());
    config.put("topic.prefix", settings.identifier());
    config.put("notification.enabled.channels", "sink");
    config.put("notification.sink.topic.name", NOTIFICATIONS);
    config.put("topic.heartbeat.prefix", HEARTBEATS);
    config.put(
        "heartbeat.interval.ms",
        Long.toString(settings.options().duration("heartbeat").toMillis()));
    config.put(
        "poll.interval.ms",
        Long.toString(Math.max(1, settings.options().duration("poll_interval").toMillis())));
    int batch = settings.options().integer("batch");
    config.put("max.batch.size", Integer.toString(batch));
    config.put("max.queue.size", Integer.toString(batch * 4));
    config.put("include.schema.changes", "false");
    config.put("tombstones.on.delete", "false");
    config.put("skipped.operations", "none");
    config.put("decimal.handling.mode", "precise");
    config.put("time.precision.mode", "adaptive_time_microseconds");
    config.put("binary.handling.mode", "bytes");
    config.put("errors.max.retries", "0");
    return config;
  }

  private List<String> expandTables() {
    TablePatterns patterns = settings.tables();
    List<String> found = new ArrayList<>();
    withDatabase(c ->
        capture.database().tableNames(c).stream().filter(patterns::matches).forEach(found::add));
    for (String name : patterns.exact()) {
      if (found.stream().noneMatch(name::equalsIgnoreCase)) {
        throw new ConnectorException(
            "UNKNOWN_TABLE", "there is no table %s in the database".formatted(name));
      }
    }
    if (found.isEmpty()) {
      throw new ConnectorException(
          "UNKNOWN_TABLE", "no table matches " + String.join(", ", patterns.all()));
    }
    return List.copyOf(found);
  }

  private interface DatabaseAction {
    void run(Connection connection) throws SQLException;
  }

  private void withDatabase(DatabaseAction action) {
    try (Connection connection = capture.database().connect(settings.options())) {
      action.run(connection);
    } catch (SQLException e) {
      throw new ConnectException(capture.database().refusal(settings.options(), e).message(), e);
    }
  }
}
