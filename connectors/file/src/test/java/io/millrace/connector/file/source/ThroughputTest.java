package io.millrace.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.file.source.parse.RecordParser;
import io.millrace.schemas.event.EventDecoder;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A large file at speed. {@code -Dmillrace.test.file-megabytes=1024} makes it a gigabyte; the speed
 * is printed.
 */
class ThroughputTest {

  private static final RowType COLUMNS =
      RowType.of(
          Field.required("id", DataType.BIGINT),
          Field.required("location", DataType.INT),
          Field.nullable("sku", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)),
          Field.nullable("at", DataType.STRING),
          Field.nullable("note", DataType.STRING));

  @TempDir Path directory;
  private long lines;
  private long bytes;

  private static long megabytes() {
    return Long.getLong("millrace.test.file-megabytes", 64);
  }

  @BeforeEach
  void write() throws IOException {
    Path file = directory.resolve("large.csv");
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      while (bytes < megabytes() << 20) {
        byte[] line =
            "%d,%d,SKU-%06d,%d.%02d,2026-11-23T14:48:28.%06dZ,a note of some words and an ümlaut\n"
                .formatted(
                    lines, lines % 50, lines % 9973, lines % 1000, lines % 100, lines % 1_000_000)
                .getBytes(StandardCharsets.UTF_8);
        out.write(line);
        bytes += line.length;
        lines++;
      }
    }
  }

  /** Counts, so that only reading and parsing are measured. */
  private static final class Counting implements RecordHandler {
    private long events;
    private long refused;

    @Override
    public void event(Object[] row, long position, long line) {
      events++;
    }

    @Override
    public void refused(
        io.millrace.connector.file.FileErrorCode code,
        String reason,
        byte[] original,
        long position,
        long line) {
      refused++;
    }
  }

  @Test
  void parsesAtSpeed() throws IOException {
    FileSourceConfig config =
        FileSourceConfig.of(Map.of("directory", directory.toString(), "pattern", "*.csv"));
    for (int round = 0; round < 3; round++) {
      Counting counting = new Counting();
      long start = System.nanoTime();
      try (FileReader reader =
          new FileReader(
              config,
              RecordParser.of(config, COLUMNS),
              new PlainContent(directory.resolve("large.csv")),
              null,
              null)) {
        while (reader.read(counting, 5000) > 0) {
          // on
        }
      }
      report("read and parsed", start);
      assertThat(counting.events).isEqualTo(lines);
      assertThat(counting.refused).isZero();
    }
  }

  @Test
  void everyLineOnceThroughCrashes() {
    try (Following following = new Following(directory, COLUMNS)) {
      long start = System.nanoTime();
      following.start();
      following.harness.keepRecords(false);
      BitSet seen = new BitSet();
      long[] count = new long[2];
      EventDecoder decoder = new EventDecoder(COLUMNS, following.platform.schemas());
      following.harness.onCommit(record -> {
        int id = ((Long) decoder.decode((byte[]) record.value())[0]).intValue();
        count[1] += seen.get(id) ? 1 : 0;
        seen.set(id);
        count[0]++;
      });
      Random random = new Random(1);
      while (count[0] < lines) {
        following.harness.poll();
        if (random.nextInt(50) == 0) {
          following.harness.crash();
          following.harness.start(1);
        } else {
          following.harness.commit();
        }
      }
      following.idle();
      report("made records of, restarted at random,", start);
      assertThat(count[1]).as("lines that came twice").isZero();
      assertThat(count[0]).isEqualTo(lines);
    }
  }

  private void report(String what, long start) {
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    System.out.printf(
        "%s %d MB, %d lines in %.2f s: %.0f MB/s%n",
        what, bytes >> 20, lines, seconds, bytes / seconds / (1 << 20));
  }
}
