package io.millrace.connector.file.sink;

import io.millrace.connector.file.sink.PartitionFiles.Owned;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Takes a partition over from whoever wrote it before, dead or alive. Its growing file is renamed
 * away, which decides at once whether the other can still publish it; of what it holds, the prefix
 * that the journal vouches for is copied into a file of our own, which no other has open.
 */
final class Recovery {

  private static final int ATTEMPTS = 100;

  private final PartitionFiles files;
  private final FileSinkConfig config;
  private final Publisher publisher;

  /**
   * Where to go on.
   *
   * @param position the offset of the next record, or -1 if nothing is known
   * @param open the growing file, or null
   */
  record Resumed(long position, Open open) {}

  /** A growing file with its journal; the journal's last entry covers the whole file. */
  record Open(String id, FileChannel channel, Journal journal, Journal.Entry entry) {}

  private record Candidate(Owned data, Journal.Header header, Journal.Entry end) {}

  Recovery(PartitionFiles files, FileSinkConfig config) {
    this.files = files;
    this.config = config;
    this.publisher = new Publisher(files, config.compressesFiles());
  }

  Resumed run() throws IOException {
    files.claim();
    for (int i = 0; i < ATTEMPTS; i++) {
      try {
        return attempt();
      } catch (NoSuchFileException e) {
        // the other is still at it; the listing is stale
        files.requireOwner();
      }
    }
    throw files.fenced();
  }

  private Resumed attempt() throws IOException {
    for (Owned current : files.currents()) {
      if (!PartitionFiles.move(current.path(), files.taken(current))) {
        throw new NoSuchFileException(current.path().toString());
      }
    }
    Map<String, Journal.Found> journals = new HashMap<>();
    for (String id : files.journals()) {
      Journal.Found found = Journal.read(files.journal(id));
      if (found != null) {
        journals.put(id, found);
      }
    }
    for (Owned sealed : files.sealeds()) {
      publishSealed(sealed, journals.get(sealed.id()));
    }
    long published = files.publishedNext();
    for (Journal.Found journal : journals.values()) {
      published = Math.max(published, journal.published());
    }
    Resumed resumed = goOnAfter(published, journals);
    forget(journals.keySet(), resumed);
    files.sweepTemporaries();
    return resumed;
  }

  private Resumed goOnAfter(long published, Map<String, Journal.Found> journals)
      throws IOException {
    Candidate best = null;
    for (Owned taken : files.takens()) {
      Journal.Found journal = journals.get(taken.id());
      Journal.Entry end = journal == null ? null : soundEnd(taken.path(), journal.chunks());
      if (end != null
          && journal.header().from() >= published
          && (best == null || end.next() > best.end().next())) {
        best = new Candidate(taken, journal.header(), end);
      }
    }
    if (best == null) {
      return new Resumed(published, null);
    }
    if (!best.header().signature().equals(config.signature())) {
      publishTaken(best);
      return new Resumed(best.end().next(), null);
    }
    return new Resumed(best.end().next(), copy(best));
  }

  /** What is written with other options is published as it is. */
  private void publishTaken(Candidate candidate) throws IOException {
    Owned data = candidate.data();
    truncate(data.path(), candidate.end().length());
    Path sealed = files.sealed(data.id(), data.extension());
    if (!PartitionFiles.move(data.path(), sealed)) {
      throw new NoSuchFileException(data.path().toString());
    }
    publisher.publish(
        new Owned(data.id(), data.extension(), sealed),
        candidate.end().first(),
        candidate.end().next() - 1);
  }

  private void publishSealed(Owned sealed, Journal.Found journal) throws IOException {
    Journal.Entry end = journal == null ? null : soundEnd(sealed.path(), journal.chunks());
    if (end == null) {
      Files.deleteIfExists(sealed.path());
      return;
    }
    truncate(sealed.path(), end.length());
    publisher.publish(sealed, end.first(), end.next() - 1);
  }

  private static void truncate(Path path, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      if (channel.size() > length) {
        channel.truncate(length);
      }
      channel.force(true);
    }
  }

  /** The last entry of which all bytes are there as they were written, or null. */
  private static Journal.Entry soundEnd(Path path, List<Journal.Entry> chunks) throws IOException {
    Journal.Entry sound = null;
    long at = 0;
    try (InputStream in = Files.newInputStream(path)) {
      byte[] buffer = new byte[1 << 16];
      for (Journal.Entry chunk : chunks) {
        CRC32C crc = new CRC32C();
        while (at < chunk.length()) {
          int read = in.read(buffer, 0, (int) Math.min(buffer.length, chunk.length() - at));
          if (read < 0) {
            return sound;
          }
          crc.update(buffer, 0, read);
          at += read;
        }
        if ((int) crc.getValue() != chunk.checksum()) {
          return sound;
        }
        sound = chunk;
      }
    }
    return sound;
  }

  private Open copy(Candidate candidate) throws IOException {
    String id = files.nextId();
    Path temporary = files.temporary(id);
    Path current = files.current(id, candidate.header().extension());
    FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    try {
      int checksum = transfer(candidate, channel);
      channel.force(true);
      PartitionFiles.move(temporary, current);
      requireOwnerOrDelete(current);
      Journal journal = Journal.create(files.journal(id), candidate.header());
      Journal.Entry end = candidate.end();
      Journal.Entry whole =
          new Journal.Entry(
              end.first(), end.next(), end.length(), end.rows(), end.layout(), checksum);
      journal.append(whole);
      journal.force();
      files.syncDirectories();
      return new Open(id, channel, journal, whole);
    } catch (IOException | RuntimeException e) {
      channel.close();
      // On a full disk they would keep the room that the next attempt needs.
      Files.deleteIfExists(temporary);
      Files.deleteIfExists(current);
      throw e;
    }
  }

  private void requireOwnerOrDelete(Path current) throws IOException {
    try {
      files.requireOwner();
    } catch (RuntimeException e) {
      Files.deleteIfExists(current);
      throw e;
    }
  }

  private static int transfer(Candidate candidate, FileChannel target) throws IOException {
    CRC32C crc = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
    long left = candidate.end().length();
    try (FileChannel source = FileChannel.open(candidate.data().path(), StandardOpenOption.READ)) {
      while (left > 0) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), left));
        int read = source.read(buffer);
        if (read < 0) {
          throw new NoSuchFileException(candidate.data().path().toString());
        }
        buffer.flip();
        crc.update(buffer.duplicate());
        Journal.writeFully(target, buffer);
        left -= read;
      }
    }
    return (int) crc.getValue();
  }

  /**
   * Removes what the others have left; without a file of our own one journal keeps the position.
   */
  private void forget(Iterable<String> ids, Resumed resumed) throws IOException {
    for (Owned taken : files.takens()) {
      Files.deleteIfExists(taken.path());
    }
    if (resumed.open() != null) {
      for (String id : ids) {
        Files.deleteIfExists(files.journal(id));
      }
    }
  }
}
