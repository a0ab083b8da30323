package io.millrace.connector.file.sink;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPOutputStream;

/**
 * Gives a sealed file its final name. May be done twice, by two tasks: the same range has the same
 * name and the same bytes.
 */
final class Publisher {

  private final PartitionFiles files;
  private final boolean gzip;

  Publisher(PartitionFiles files, boolean gzip) {
    this.files = files;
    this.gzip = gzip;
  }

  void publish(PartitionFiles.Owned sealed, long first, long last) throws IOException {
    boolean compressed = gzip && !sealed.extension().equals(".avro");
    Path target = files.published(first, last, sealed.extension() + (compressed ? ".gz" : ""));
    if (compressed) {
      compress(sealed, target);
    } else if (!PartitionFiles.move(sealed.path(), target) && !Files.exists(target)) {
      throw files.fenced();
    }
    files.syncDirectories();
  }

  private void compress(PartitionFiles.Owned sealed, Path target) throws IOException {
    Path temporary = files.temporary(sealed.id() + ".gz");
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      try (InputStream in = Files.newInputStream(sealed.path())) {
        OutputStream raw = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        GZIPOutputStream out = new GZIPOutputStream(raw, 1 << 16);
        in.transferTo(out);
        out.finish();
        raw.flush();
      }
      channel.force(true);
    } catch (NoSuchFileException e) {
      if (Files.exists(target)) {
        return;
      }
      throw files.fenced();
    }
    PartitionFiles.move(temporary, target);
    Files.deleteIfExists(sealed.path());
  }
}
