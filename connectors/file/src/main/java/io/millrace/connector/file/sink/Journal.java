package io.millrace.connector.file.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What says which bytes of a growing file belong to which offsets: a header and, for each chunk of
 * rows that was written, an entry. An entry is written after its chunk and carries the chunk's
 * checksum, so that after a crash, even of the machine, the longest sound prefix is known.
 */
final class Journal implements AutoCloseable {

  private static final int MAGIC = 0x4D4A3031;
  private static final int ENTRY = 48;
  private static final long MARK = -1;

  private final Path path;
  private final FileChannel channel;
  private final Header header;

  /**
   * @param from the offset after everything that was published before this file
   * @param createdAt milliseconds since the epoch
   * @param signature of the options that the file is written with
   * @param extension the ending of the file's name
   */
  record Header(long from, long createdAt, String signature, String extension) {}

  /**
   * One chunk.
   *
   * @param first the offset of the file's first row
   * @param next the offset after the chunk's last record
   * @param length of the file with this chunk, in bytes
   * @param rows in the file with this chunk
   * @param layout the fingerprint of the rows' schema
   * @param checksum CRC-32C of the chunk's bytes
   */
  record Entry(long first, long next, long length, long rows, long layout, int checksum) {

    /** Says that the file is sealed: nobody but the one who publishes it has it any more. */
    Entry mark() {
      return new Entry(first, next, MARK, rows, layout, 0);
    }
  }

  /** A journal as it is found after a crash; entries that were not written whole are left out. */
  record Found(Header header, List<Entry> entries) {

    /** Whether the file was sealed, so that it is published or about to be. */
    boolean sealed() {
      return !entries.isEmpty() && entries.getLast().length() == MARK;
    }

    /** The offset after everything that is known to be published. */
    long published() {
      return sealed() ? entries.getLast().next() : header.from();
    }

    /** The entries of chunks. */
    List<Entry> chunks() {
      return sealed() ? entries.subList(0, entries.size() - 1) : entries;
    }
  }

  private Journal(Path path, FileChannel channel, Header header) {
    this.path = path;
    this.channel = channel;
    this.header = header;
  }

  /** A new journal, durable with its header. */
  static Journal create(Path path, Header header) throws IOException {
    byte[] signature = header.signature().getBytes(StandardCharsets.UTF_8);
    byte[] extension = header.extension().getBytes(StandardCharsets.UTF_8);
    ByteBuffer out = ByteBuffer.allocate(32 + signature.length + extension.length);
    out.putInt(MAGIC).putLong(header.from()).putLong(header.createdAt());
    out.putInt(signature.length).put(signature);
    out.putInt(extension.length).put(extension);
    out.putInt(checksum(out.array(), 0, out.position()));
    out.flip();
    Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
    FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try {
      writeFully(channel, out);
      channel.force(true);
      Files.move(temporary, path);
    } catch (IOException e) {
      channel.close();
      Files.deleteIfExists(temporary);
      throw e;
    }
    return new Journal(path, channel, header);
  }

  /** Reads what a task that is gone has left; null if not even the header is whole. */
  static Found read(Path path) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(path));
    try {
      if (in.getInt() != MAGIC) {
        return null;
      }
      long from = in.getLong();
      long createdAt = in.getLong();
      String signature = text(in);
      String extension = text(in);
      int end = in.position();
      if (in.getInt() != checksum(in.array(), 0, end)) {
        return null;
      }
      List<Entry> entries = new ArrayList<>();
      while (in.remaining() >= ENTRY) {
        int start = in.position();
        Entry entry =
            new Entry(
                in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getInt());
        if (in.getInt() != checksum(in.array(), start, ENTRY - 4)) {
          break;
        }
        entries.add(entry);
      }
      return new Found(new Header(from, createdAt, signature, extension), entries);
    } catch (java.nio.BufferUnderflowException | NegativeArraySizeException e) {
      return null;
    }
  }

  private static String text(ByteBuffer in) {
    int length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Path path() {
    return path;
  }

  Header header() {
    return header;
  }

  void append(Entry entry) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(ENTRY);
    out.putLong(entry.first()).putLong(entry.next()).putLong(entry.length());
    out.putLong(entry.rows()).putLong(entry.layout()).putInt(entry.checksum());
    out.putInt(checksum(out.array(), 0, ENTRY - 4));
    out.flip();
    writeFully(channel, out);
  }

  void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
