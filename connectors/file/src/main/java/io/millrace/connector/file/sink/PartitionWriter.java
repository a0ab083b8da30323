package io.millrace.connector.file.sink;

import io.millrace.schemas.event.SelfDescribingDecoder.Event;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * Writes one partition: takes rows, appends them to the growing file chunk by chunk, and publishes
 * the file when it is due. What was added since the last {@link #flush} can be taken back. Not
 * thread-safe.
 */
final class PartitionWriter implements AutoCloseable {

  private final PartitionFiles files;
  private final FileSinkConfig config;
  private final Runnable beforeFlush;
  private final Publisher publisher;
  private final CRC32C checksum = new CRC32C();

  private long next = -1;
  private long pendingNext = -1;
  private long pendingRows;

  private String id;
  private FileChannel channel;
  private Journal journal;
  private Journal previous;
  private RowEncoder encoder;
  private long first;
  private long length;
  private long rows;
  private long layout;
  private boolean dirty;

  /**
   * @param beforeFlush makes durable what has to be before a position moves on: dead letters
   */
  PartitionWriter(PartitionFiles files, FileSinkConfig config, Runnable beforeFlush) {
    this.files = files;
    this.config = config;
    this.beforeFlush = beforeFlush;
    this.publisher = new Publisher(files, config.compressesFiles());
  }

  /** Takes the partition over; returns the offset to go on from, or -1 if there is none yet. */
  long open() throws IOException {
    Recovery.Resumed resumed = new Recovery(files, config).run();
    next = resumed.position();
    pendingNext = next;
    Recovery.Open open = resumed.open();
    if (open != null) {
      id = open.id();
      channel = open.channel();
      journal = open.journal();
      first = open.entry().first();
      length = open.entry().length();
      rows = open.entry().rows();
      layout = open.entry().layout();
    }
    return next;
  }

  /** Whether a record still has to be written. */
  boolean wants(long offset) {
    return offset >= pendingNext;
  }

  /** Takes the row of a record. */
  void add(long offset, Event event, byte[] original) throws IOException {
    if (channel != null && layout != event.fingerprint()) {
      flush();
      publish();
    }
    if (channel == null) {
      begin(offset, event);
    } else if (encoder == null) {
      encoder = encoder(event);
    }
    encoder.add(event, original);
    if (rows + pendingRows == 0) {
      first = offset;
    }
    pendingRows++;
    pendingNext = offset + 1;
    if (rows + pendingRows == config.rollRows()
        || length + encoder.pending() >= config.rollSize()) {
      flush();
      publish();
    }
  }

  /** Moves past a record that has no row. */
  void pass(long offset) {
    pendingNext = offset + 1;
  }

  private RowEncoder encoder(Event event) {
    return RowEncoder.of(config, event, files.fileId(journal.header().from()));
  }

  private void begin(long offset, Event event) throws IOException {
    id = files.nextId();
    long from = next < 0 ? offset : next;
    Path current = files.current(id, config.extension());
    channel = FileChannel.open(current, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      files.requireOwner();
    } catch (RuntimeException e) {
      channel.close();
      Files.deleteIfExists(current);
      throw e;
    }
    journal =
        Journal.create(
            files.journal(id),
            new Journal.Header(
                from, System.currentTimeMillis(), config.signature(), config.extension()));
    if (previous != null) {
      Files.deleteIfExists(previous.path());
      previous = null;
    }
    layout = event.fingerprint();
    encoder = encoder(event);
    length = 0;
    rows = 0;
    first = offset;
    write(encoder.header());
  }

  private void write(byte[] bytes) throws IOException {
    channel.position(length);
    Journal.writeFully(channel, ByteBuffer.wrap(bytes));
    checksum.update(bytes);
    length += bytes.length;
    dirty = true;
  }

  /** Appends what was taken to the growing file, where readers see it at once. */
  void flush() throws IOException {
    if (pendingNext == next) {
      return;
    }
    beforeFlush.run();
    if (channel != null) {
      if (pendingRows > 0) {
        write(encoder.take());
      }
      if (rows + pendingRows > 0) {
        rows += pendingRows;
        journal.append(entry());
        checksum.reset();
      }
    }
    pendingRows = 0;
    next = pendingNext;
  }

  private Journal.Entry entry() {
    return new Journal.Entry(first, pendingNext, length, rows, layout, (int) checksum.getValue());
  }

  /** Forgets what was taken since the last flush. */
  void rollback() {
    if (encoder != null) {
      encoder.reset();
    }
    pendingRows = 0;
    pendingNext = next;
  }

  /** Makes durable what was flushed. */
  void sync() throws IOException {
    files.requireOwner();
    if (dirty) {
      channel.force(false);
      journal.force();
      dirty = false;
    }
  }

  /** Publishes the growing file if its time has come; call after {@link #flush}. */
  void publishIfDue(long nowMillis) throws IOException {
    if (millisLeft(nowMillis) <= 0) {
      publish();
    }
  }

  /** How long until the growing file is due; a very long time if there is none. */
  long millisLeft(long nowMillis) {
    return channel == null || rows == 0
        ? Long.MAX_VALUE
        : journal.header().createdAt() + config.rollInterval().toMillis() - nowMillis;
  }

  private void publish() throws IOException {
    if (channel == null || rows == 0) {
      return;
    }
    channel.force(true);
    journal.force();
    channel.close();
    channel = null;
    encoder = null;
    dirty = false;
    String extension = journal.header().extension();
    Path sealed = files.sealed(id, extension);
    if (!PartitionFiles.move(files.current(id, extension), sealed)) {
      throw files.fenced();
    }
    journal.append(entry().mark());
    journal.force();
    publisher.publish(new PartitionFiles.Owned(id, extension, sealed), first, next - 1);
    journal.close();
    previous = journal;
    journal = null;
    checksum.reset();
  }

  /** Leaves the growing file as it is, for whoever goes on with it. */
  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      journal.close();
      channel = null;
    }
  }
}
