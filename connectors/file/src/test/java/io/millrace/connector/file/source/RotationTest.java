package io.millrace.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are rotated while a program writes them, in pieces that end anywhere. */
class RotationTest {

  private static final RowType COLUMNS =
      RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("text", DataType.STRING));
  private static final int LINES = 6000;

  @TempDir Path directory;

  /** How a log is put aside. */
  private interface Rotation {
    void rotate(Path log, int number) throws IOException;
  }

  private static void rename(Path log, int number) throws IOException {
    Files.move(log, log.resolveSibling(log.getFileName() + "." + number));
  }

  private static void copyAndTruncate(Path log, int number) throws IOException {
    Files.copy(log, log.resolveSibling(log.getFileName() + "." + number));
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.truncate(0);
    }
  }

  /** As logrotate with delaycompress does: the one before is compressed. */
  private static void renameAndCompress(Path log, int number) throws IOException {
    rename(log, number);
    Path before = log.resolveSibling(log.getFileName() + "." + (number - 1));
    if (Files.exists(before)) {
      Path temporary = log.resolveSibling(before.getFileName() + ".gz");
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(temporary))) {
        Files.copy(before, out);
      }
      Files.delete(before);
    }
  }

  /** Writes lines in pieces of random size; rotates between lines now and then. */
  private static Thread writer(Path log, Rotation rotation, Random random, AtomicBoolean done) {
    return Thread.ofVirtual()
        .start(() -> {
          try {
            int rotations = 0;
            StringBuilder pending = new StringBuilder();
            for (int id = 0; id < LINES; id++) {
              pending.append(id).append(",wörter €").append("x".repeat(random.nextInt(80)));
              pending.append('\n');
              if (random.nextInt(40) == 0) {
                write(log, pending, random);
                if (random.nextInt(4) == 0) {
                  rotation.rotate(log, ++rotations);
                }
              }
            }
            write(log, pending, random);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } finally {
            done.set(true);
          }
        });
  }

  private static void write(Path log, StringBuilder pending, Random random) throws IOException {
    byte[] bytes = pending.toString().getBytes(StandardCharsets.UTF_8);
    pending.setLength(0);
    int at = 0;
    while (at < bytes.length) {
      int length = Math.min(bytes.length - at, 1 + random.nextInt(900));
      try (OutputStream out =
          Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        out.write(bytes, at, length);
      }
      at += length;
      Thread.yield();
    }
  }

  private void everyLineOnce(Rotation rotation, boolean crashes, long seed) throws Exception {
    Path log = directory.resolve("app.log");
    try (Following following = new Following(directory, COLUMNS, "path", log.toString())) {
      following.start();
      AtomicBoolean done = new AtomicBoolean();
      Thread writer = writer(log, rotation, new Random(seed), done);
      if (crashes) {
        following.harness.runAndCrashUntil(
            "all lines", new Random(seed + 1), 3, () -> following.events() >= LINES);
      } else {
        following.await(LINES);
      }
      writer.join();
      assertThat(done).isTrue();
      following.idle();
      List<Object> expected = new ArrayList<>();
      for (long id = 0; id < LINES; id++) {
        expected.add(id);
      }
      assertThat(following.letters()).isEmpty();
      assertThat(following.firstColumn()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void renamed() throws Exception {
    everyLineOnce(RotationTest::rename, false, 1);
  }

  @Test
  void renamedThroughCrashes() throws Exception {
    everyLineOnce(RotationTest::rename, true, 2);
  }

  @Test
  void copiedAndTruncated() throws Exception {
    everyLineOnce(RotationTest::copyAndTruncate, false, 3);
  }

  @Test
  void copiedAndTruncatedThroughCrashes() throws Exception {
    everyLineOnce(RotationTest::copyAndTruncate, true, 4);
  }

  @Test
  void renamedAndCompressed() throws Exception {
    everyLineOnce(RotationTest::renameAndCompress, false, 5);
  }

  @Test
  void renamedAndCompressedThroughCrashes() throws Exception {
    everyLineOnce(RotationTest::renameAndCompress, true, 6);
  }
}
