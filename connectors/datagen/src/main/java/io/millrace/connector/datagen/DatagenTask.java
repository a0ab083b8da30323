package io.millrace.connector.datagen;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.source.SourceEvents;
import io.millrace.connector.task.KafkaTaskPlatform;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.connector.task.TaskSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Makes the events of some splits, in the order of their numbers, at its share of the rate. */
public final class DatagenTask extends SourceTask {

  static final String FIRST = "datagen.first";
  static final String TASKS = "datagen.tasks";
  private static final int MOST = 5000;
  private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long NANOS = 1_000_000_000L;

  private final TaskPlatform.Factory platforms;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private TaskPlatform platform;
  private SourceEvents events;
  private DatagenConfig config;
  private Generator[] generators;
  private int[] splits;
  private long[] next;
  private double rate;
  private long since;
  private double sent;

  /** As a worker makes it. */
  public DatagenTask() {
    this(KafkaTaskPlatform::new);
  }

  DatagenTask(TaskPlatform.Factory platforms) {
    this.platforms = platforms;
  }

  @Override
  public String version() {
    return DatagenConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> props) {
    TaskSettings settings = TaskSettings.read(props);
    config = DatagenConfig.of(settings.options());
    platform = platforms.open(settings.kafka());
    events = new SourceEvents(settings, platform.schemas());
    try {
      generators = new Generators(config).of(events.columns(), "");
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    int first = Integer.parseInt(props.get(FIRST));
    int tasks = Integer.parseInt(props.get(TASKS));
    List<Integer> mine = new ArrayList<>();
    for (int split = first; split < DatagenOffset.SPLITS; split += tasks) {
      mine.add(split);
    }
    splits = mine.stream().mapToInt(Integer::intValue).toArray();
    next =
        Arrays.stream(splits)
            .mapToLong(split ->
                DatagenOffset.next(
                    split, context.offsetStorageReader().offset(DatagenOffset.partition(split))))
            .toArray();
    rate = config.rate() * splits.length / DatagenOffset.SPLITS;
    since = System.nanoTime();
  }

  @Override
  public void commitRecord(SourceRecord record, RecordMetadata metadata) {
    events.committed(record);
  }

  @Override
  public List<SourceRecord> poll() throws InterruptedException {
    int count = due();
    List<SourceRecord> records = new ArrayList<>(count);
    while (records.size() < count) {
      int at = least();
      long number = next[at];
      if (config.count() > 0 && number >= config.count()) {
        break;
      }
      next[at] = number + DatagenOffset.SPLITS;
      records.add(record(splits[at], number));
    }
    sent += records.size();
    if (records.isEmpty() && count > 0) {
      stopped.await(LONGEST_WAIT_NANOS, TimeUnit.NANOSECONDS);
    }
    return records.isEmpty() ? null : records;
  }

  private SourceRecord record(int split, long number) {
    Object[] row = Generators.row(generators, number);
    try {
      return events.event(
          DatagenOffset.partition(split),
          DatagenOffset.offset(number + DatagenOffset.SPLITS),
          row,
          System.currentTimeMillis());
    } catch (IllegalArgumentException e) {
      throw new ConnectException(
          "event %d cannot be made: %s; correct min, max, start or step"
              .formatted(number, e.getMessage()),
          e);
    }
  }

  private int least() {
    int at = 0;
    for (int i = 1; i < next.length; i++) {
      if (next[i] < next[at]) {
        at = i;
      }
    }
    return at;
  }

  /** How many events are due, after waiting for the next one for a while. */
  private int due() throws InterruptedException {
    if (rate == 0) {
      return MOST;
    }
    double owed = owed();
    if (owed < 1) {
      long wait = (long) Math.min((1 - owed) / rate * NANOS, LONGEST_WAIT_NANOS);
      stopped.await(wait, TimeUnit.NANOSECONDS);
      owed = owed();
    }
    if (owed > Math.max(rate, 1)) {
      // More than a second behind: what could not be sent is not caught up in one burst.
      since = System.nanoTime();
      sent = 0;
      owed = Math.max(rate, 1);
      sent -= owed;
    }
    return (int) Math.min(owed, MOST);
  }

  private double owed() {
    return (System.nanoTime() - since) / (double) NANOS * rate - sent;
  }

  @Override
  public void stop() {
    stopped.countDown();
    if (platform != null) {
      platform.close();
    }
  }
}
