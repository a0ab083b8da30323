package io.millrace.connector.file.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file as it is; stays open under a new name and after its deletion. */
final class PlainContent implements Content {

  private final FileChannel channel;

  PlainContent(Path path) throws IOException {
    this.channel = FileChannel.open(path, StandardOpenOption.READ);
  }

  @Override
  public int read(long position, byte[] target, int from, int length) throws IOException {
    return Math.max(0, channel.read(ByteBuffer.wrap(target, from, length), position));
  }

  @Override
  public boolean complete() {
    return false;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
