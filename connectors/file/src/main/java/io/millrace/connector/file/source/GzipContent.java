package io.millrace.connector.file.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A compressed file, read from front to back; going back starts over. */
final class GzipContent implements Content {

  private final Path path;
  private InputStream in;
  private long at;
  private boolean ended;

  GzipContent(Path path) {
    this.path = path;
  }

  @Override
  public int read(long position, byte[] target, int from, int length) throws IOException {
    try {
      if (in == null || position < at) {
        open();
      }
      while (at < position) {
        long skipped = in.skip(position - at);
        if (skipped <= 0 && in.read() < 0) {
          ended = true;
          return 0;
        }
        at += Math.max(skipped, 1);
      }
      int read = in.read(target, from, length);
      ended = read < 0;
      at += Math.max(read, 0);
      return Math.max(read, 0);
    } catch (EOFException e) {
      // Still being written: what is there is not lost, the rest will come.
      close();
      return 0;
    }
  }

  private void open() throws IOException {
    close();
    in = new GZIPInputStream(Files.newInputStream(path), 1 << 16);
  }

  @Override
  public boolean complete() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
    at = 0;
    ended = false;
  }
}
