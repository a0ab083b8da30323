package io.millrace.connector.cdc;

import io.millrace.connector.report.ComponentCounters;
import io.millrace.schemas.bus.KafkaSchemaStore;
import io.millrace.schemas.bus.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
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
  private CapturedDatabase database;
  private KafkaSchemaStore schemas;
  private CaptureRecords records;
  private ComponentCounters counters;
  private DebeziumTask debezium;
  private Phase phase;
  private CaptureState state;
  private List<String> tables;
  private List<String> copied;
  private Map<String, String> topicIds;
  private Written resume;
  private CommitOrder order;
  private OpenTransaction open;
  private boolean pendingCopies;
  private Written seen;
  private SourceRecord lastCommitted;
  private final Map<String, Long> uncommitted = new HashMap<>();
  private final Map<Schema, CaptureRecords.Target> targets = new IdentityHashMap<>();

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
    open = new OpenTransaction(settings.options().integer("batch"));
    schemas = new KafkaSchemaStore(settings.kafka());
    Map<String, String> partition = Map.of("server", settings.identifier());
    records = new CaptureRecords(capture, settings, schemas, partition);
    database = new CapturedDatabase(capture.database(), settings);
    tables = database.tables();
    topicIds =
        TopicIds.of(tables.stream().map(t -> settings.route(t).topic()).toList(), settings.kafka());
    Map<String, Object> stored = context.offsetStorageReader().offset(partition);
    if (stored == null) {
      startFirstCopy();
      return;
    }
    state = CaptureState.read(stored);
    List<String> added =
        tables.stream()
            .filter(t -> !state.isCopied(t, topicIds.get(settings.route(t).topic())))
            .toList();
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
    if (raw.isEmpty() && open.isEmpty()) {
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
    if (phase == Phase.LOG && open.isToCommit(raw.size(), out.size(), System.nanoTime())) {
      context.transactionContext().commitTransaction();
      return out; // Kafka Connect commits at the end of a batch, though it be empty.
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
    database.run((d, c) -> d.prepareFirst(c, settings, tables));
    Map<String, String> config = DebeziumConfig.of(capture, settings, settings.tables().all());
    config.put("snapshot.mode", DebeziumConfig.copyMode(settings));
    state = new CaptureState(Map.of(), null, Map.of());
    copied = tables;
    phase = Phase.FIRST_COPY;
    counters.detail("phase", "first copy");
    debezium = DebeziumTask.start(capture.dialect(), config, null, context);
  }

  private void startAddedCopy(List<String> added) {
    LOG.info("{}: copying the added tables {}", settings.connectorName(), added);
    database.run((d, c) -> d.prepareResume(c, settings, tables));
    Map<String, String> config = DebeziumConfig.of(capture, settings, added);
    config.putAll(capture.database().debeziumForAdded(settings));
    config.put("snapshot.mode", DebeziumConfig.copyMode(settings));
    copied = added;
    phase = Phase.ADDED_COPY;
    counters.detail("phase", "copy of added tables");
    debezium = DebeziumTask.start(capture.dialect(), config, null, context);
  }

  private void startLog() {
    database.run((d, c) -> d.prepareResume(c, settings, tables));
    Map<String, String> config = DebeziumConfig.of(capture, settings, settings.tables().all());
    config.put("snapshot.mode", "initial");
    state = state.trimmed(capture.dialect(), settings.tables());
    pendingCopies = state.hasPendingCopies();
    order = pendingCopies ? CommitOrder.of(capture.dialect(), config) : null;
    resume = state.written();
    seen = null;
    phase = Phase.LOG;
    counters.detail("phase", "log");
    debezium =
        DebeziumTask.start(
            capture.dialect(), config, capture.dialect().rewind(state.debezium()), context);
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
      out.add(records.copyComplete(table, state.offset()));
    }
    LOG.info("{}: first copy of {} tables completed", settings.connectorName(), copied.size());
    counters.detail("phase", "log");
    if (first) {
      phase = Phase.LOG;
    } else {
      debezium.stop();
      database.run((d, c) -> d.finishAdded(c, settings));
      startLog();
    }
  }

  // Records

  private void take(SourceRecord record, List<SourceRecord> out) {
    String topic = record.topic();
    if (topic.equals(DebeziumConfig.NOTIFICATIONS)) {
      if (phase != Phase.LOG && isCopyCompleted(record)) {
        copyCompleted(record, out);
      }
    } else if (topic.startsWith(DebeziumConfig.HEARTBEATS)) {
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
    CaptureRecords.Target target = target(record, source);
    if (phase == Phase.LOG) {
      // What is in a copy counts nowhere, so that the count is the same at every reading.
      if (order == null
          && pendingCopies
          && state.isInCopy(target.table(), source, capture.dialect())) {
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

  private SourceRecord make(SourceRecord record, Struct envelope, CaptureRecords.Target target) {
    CaptureRecords.Event event = records.event(record, envelope, target);
    if (phase != Phase.LOG) {
      uncommitted.merge(event.topic(), 1L, Long::sum);
      return records.copied(event);
    }
    state = state.with(record.sourceOffset(), seen);
    return records.changed(event, state.offset());
  }

  private void heartbeat(SourceRecord record, List<SourceRecord> out) {
    if (state.tables().isEmpty() || record.sourceOffset().equals(state.debezium())) {
      return;
    }
    // Keeps the offset by saying again of one table that its copy is complete.
    state = state.with(record.sourceOffset(), state.written());
    String table = state.tables().keySet().iterator().next();
    out.add(records.copyComplete(table, state.offset()));
  }

  private CaptureRecords.Target target(SourceRecord record, Struct source) {
    CaptureRecords.Target target = targets.get(record.valueSchema());
    if (target == null) {
      String table = capture.dialect().table(source);
      target = new CaptureRecords.Target(table, settings.route(table));
      targets.put(record.valueSchema(), target);
      if (phase == Phase.LOG && !state.tables().containsKey(table)) {
        // Created while the log was read, and all of it is in the log.
        state = state.withTable(table);
      }
    }
    return target;
  }

  private static boolean isCopyCompleted(SourceRecord record) {
    Struct value = (Struct) record.value();
    return "Initial Snapshot".equals(value.getString("aggregate_type"))
        && "COMPLETED".equals(value.getString("type"));
  }
}
