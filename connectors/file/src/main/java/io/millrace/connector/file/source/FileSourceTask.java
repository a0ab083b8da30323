package io.millrace.connector.file.source;

import io.millrace.connector.AllowedDirectories;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.StoppedOnErrorException;
import io.millrace.connector.file.FileErrorCode;
import io.millrace.connector.file.source.parse.RecordParser;
import io.millrace.connector.source.SourceEvents;
import io.millrace.connector.source.SourceReplays;
import io.millrace.connector.task.KafkaTaskPlatform;
import io.millrace.connector.task.TaskPlatform;
import io.millrace.connector.task.TaskSettings;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the files of some slots. */
public final class FileSourceTask extends SourceTask {

  static final String FIRST = "file.first";
  static final String TASKS = "file.tasks";
  private static final Logger LOG = LoggerFactory.getLogger(FileSourceTask.class);
  private static final int MOST = 5000;
  private static final long IDLE_MILLIS = 20;
  private static final int MOST_OPEN = 200;
  private static final long CLOSE_NANOS = 100_000_000L;

  private final TaskPlatform.Factory platforms;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private TaskPlatform platform;
  private TaskSettings settings;
  private FileSourceConfig config;
  private SourceEvents events;
  private FileTable table;
  private SourceReplays replays;
  private long nextScan = System.nanoTime();

  /** As a worker makes it. */
  public FileSourceTask() {
    this(KafkaTaskPlatform::new);
  }

  FileSourceTask(TaskPlatform.Factory platforms) {
    this.platforms = platforms;
  }

  @Override
  public String version() {
    return FileSourceConnector.VERSION;
  }

  @Override
  public void start(Map<String, String> props) {
    settings = TaskSettings.read(props);
    try {
      config = FileSourceConfig.of(settings.options());
      FileErrorCode.requireAllowed(config.directory());
    } catch (ConnectorException e) {
      throw new ConnectException(e.getMessage(), e);
    }
    platform = platforms.open(settings.kafka());
    events = new SourceEvents(settings, platform.schemas());
    LineParser lineParser = new LineParser(config, events.columns());
    int first = Integer.parseInt(props.get(FIRST));
    int tasks = Integer.parseInt(props.get(TASKS));
    List<Integer> slots = new ArrayList<>();
    for (int slot = first; slot < FileTable.SLOTS; slot += tasks) {
      slots.add(slot);
    }
    if (first == 0) {
      replays =
          new SourceReplays(
              settings,
              events,
              platform.replays(settings.application()),
              context.offsetStorageReader(),
              lineParser::parse);
    }
    table =
        new FileTable(
            config,
            new DirectoryScanner(config, AllowedDirectories.ofThisProcess()),
            slots,
            context.offsetStorageReader());
  }

  @Override
  public void commitRecord(SourceRecord record, RecordMetadata metadata) {
    events.committed(record);
  }

  @Override
  public List<SourceRecord> poll() throws InterruptedException {
    List<SourceRecord> records =
        replays == null ? new ArrayList<>() : new ArrayList<>(replays.poll());
    try {
      if (System.nanoTime() - nextScan >= 0) {
        table.scan();
        nextScan = System.nanoTime() + config.scanInterval().toNanos();
      }
      for (FollowedFile file : table.files()) {
        if (records.size() >= MOST) {
          break;
        }
        if (file.worthReading()) {
          read(file, records);
          closeIfTooManyAreOpen(file);
        }
      }
    } catch (IOException e) {
      ConnectorException told =
          FileErrorCode.READ_FAILED.exception(
              "could not read files in %s: %s".formatted(config.directory(), e.getMessage()), e);
      throw new ConnectException(told.getMessage(), told);
    }
    if (records.isEmpty()) {
      stopped.await(IDLE_MILLIS, TimeUnit.MILLISECONDS);
      return null;
    }
    return records;
  }

  /** A file that has nothing to read for now is opened again when it grows. */
  private void closeIfTooManyAreOpen(FollowedFile file) throws IOException {
    if (file.isOpen() && file.idleNanos() > CLOSE_NANOS && table.openFiles() > MOST_OPEN) {
      file.close();
    }
  }

  private void read(FollowedFile file, List<SourceRecord> records) throws IOException {
    Batch batch = new Batch(file, records);
    try {
      file.read(
          config, () -> RecordParser.of(config, events.columns()), batch, MOST - records.size());
    } catch (NoSuchFileException e) {
      // renamed or removed since the last scan; the next one finds it
      file.close();
      nextScan = System.nanoTime();
    } catch (IOException e) {
      if (!file.file().compressed()) {
        throw e;
      }
      LOG.warn("{} cannot be decompressed: {}", file.file().path(), e.getMessage());
      file.close();
    }
    if (file.replaced()) {
      nextScan = System.nanoTime();
    }
    batch.finish();
    table.moved(file);
  }

  /**
   * The records of one file in one poll. All but the last carry the position before the batch: a
   * commit that would end among them could only go back.
   */
  private final class Batch implements RecordHandler {
    private final FollowedFile file;
    private final List<SourceRecord> records;
    private final long now = System.currentTimeMillis();
    private final int begin;
    private Map<String, Long> partition;
    private Map<String, Object> before;

    Batch(FollowedFile file, List<SourceRecord> records) {
      this.file = file;
      this.records = records;
      this.begin = records.size();
    }

    private void start() {
      if (partition == null) {
        table.register(file);
        partition = FileOffset.partition(file.slot(), file.number());
        before = file.offset() == null ? beginning().toMap() : file.offset().toMap();
      }
    }

    private FileOffset beginning() {
      return new FileOffset(
          file.file().path().toString(), file.file().inode(), file.head(), 0, 1, 0, 0, now);
    }

    @Override
    public void event(Object[] row, long position, long line) {
      start();
      records.add(events.event(partition, before, row, now));
    }

    @Override
    public void refused(
        FileErrorCode code, String reason, byte[] original, long position, long line) {
      start();
      String location = file.file().path() + ":" + line;
      if (settings.stopOnError()) {
        throw new StoppedOnErrorException(location, "%s: %s".formatted(code, reason));
      }
      String id =
          "%d.%d.%08x@%d".formatted(file.slot(), file.number(), file.head().checksum(), position);
      records.add(
          events.deadLetter(
              partition,
              before,
              id,
              code.name(),
              reason + "; " + code.fix(),
              location,
              original,
              new String(original, config.charset()),
              null));
    }

    void finish() {
      if (records.size() == begin) {
        return;
      }
      SourceRecord last = records.removeLast();
      records.add(
          new SourceRecord(
              last.sourcePartition(),
              file.offset().toMap(),
              last.topic(),
              last.kafkaPartition(),
              last.keySchema(),
              last.key(),
              last.valueSchema(),
              last.value(),
              last.timestamp()));
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
    try {
      if (table != null) {
        table.close();
      }
    } catch (IOException e) {
      LOG.warn("could not close a file", e);
    }
    if (replays != null) {
      replays.close();
    }
    if (platform != null) {
      platform.close();
    }
  }
}
