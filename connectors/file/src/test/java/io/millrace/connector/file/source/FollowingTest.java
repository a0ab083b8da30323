package io.millrace.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.AllowedDirectories;
import io.millrace.schemas.control.DeadLetter;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowingTest {

  private static final RowType COLUMNS =
      RowType.of(Field.required("id", DataType.BIGINT), Field.nullable("text", DataType.STRING));

  @TempDir Path directory;

  @Test
  void halfALineIsNeverRead() {
    try (Following following = new Following(directory, COLUMNS).start()) {
      following.write("a.csv", "1,one\n2,tw");
      following.await(1);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L);
      following.append("a.csv", "o\n3,");
      following.await(2);
      following.idle();
      assertThat(following.rows().get(1)).containsExactly(2L, "two");
    }
  }

  @Test
  void aPathWithWildcardsIsManyFiles() throws IOException {
    Files.createDirectories(directory.resolve("logs/web"));
    try (Following following = new Following(directory, COLUMNS, "path", "logs/*/a?.csv").start()) {
      following.write("logs/web/a1.csv", "1,one\n");
      following.write("logs/web/b1.csv", "2,two\n");
      following.await(1);
      following.write("logs/web/a2.csv", "3,three\n");
      following.await(2);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 3L);
    }
  }

  @Test
  void theLastLineOfAnIdleFileIsReadWhenAskedFor() {
    try (Following following =
        new Following(directory, COLUMNS, "complete_after", "100 ms").start()) {
      following.write("a.csv", "1,one\n2,two");
      following.write("b.csv", "3,three");
      following.await(3);
      following.idle();
      assertThat(following.firstColumn()).containsExactlyInAnyOrder(1L, 2L, 3L);
    }
  }

  @Test
  void aTruncatedFileIsReadFromItsBeginning() {
    try (Following following = new Following(directory, COLUMNS).start()) {
      following.write("a.csv", "1,one\n2,two\n");
      following.await(2);
      following.write("a.csv", "3,three\n");
      following.await(3);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void aFileWrittenAnewWithMoreBytesThanBeforeIsReadFromItsBeginning() {
    try (Following following = new Following(directory, COLUMNS).start()) {
      following.write("a.csv", "1,one\n2,two\n");
      following.await(2);
      following.harness.stop();
      following.write("a.csv", "3,three and something more\n4,four and something more\n");
      following.harness.start(1);
      following.await(4);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 2L, 3L, 4L);
    }
  }

  @Test
  void anotherFileInTheSamePlaceWithTheSameHeaderIsReadFromItsBeginning() throws IOException {
    try (Following following = new Following(directory, COLUMNS, "header", "true").start()) {
      following.write("a.csv", "id,text\n1,one\n2,two\n");
      following.await(2);
      Files.delete(directory.resolve("a.csv"));
      following.write("a.csv", "id,text\n3,three\n4,four\n");
      following.await(4);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 2L, 3L, 4L);
    }
  }

  @Test
  void columnsAreFoundByTheHeadersNamesAfterARestartInTheMiddleToo() {
    try (Following following = new Following(directory, COLUMNS, "header", "true").start()) {
      following.write("a.csv", "more,TEXT,id\nx,one,1\n");
      following.await(1);
      following.harness.stop();
      following.append("a.csv", "y,two,2\n");
      following.harness.start(1);
      following.await(2);
      assertThat(following.rows().get(1)).containsExactly(2L, "two");
    }
  }

  @Test
  void compressedPredecessorsAreReadFirst() throws IOException {
    Files.write(directory.resolve("app.log.2.gz"), gzip("1,one\n2,two"));
    Files.setLastModifiedTime(directory.resolve("app.log.2.gz"), FileTime.fromMillis(1000));
    Files.writeString(directory.resolve("app.log.1"), "3,three\n");
    Files.setLastModifiedTime(directory.resolve("app.log.1"), FileTime.fromMillis(2000));
    Files.writeString(directory.resolve("app.log"), "4,four\n");
    Files.writeString(directory.resolve("other.log"), "5,five\n");
    try (Following following =
        new Following(directory, COLUMNS, "path", directory.resolve("app.log").toString())
            .start()) {
      following.await(4);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 2L, 3L, 4L);
      following.harness.crash();
      following.harness.start(2);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 2L, 3L, 4L);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  void directoriesBelowCountWhenAskedForAndPatternsChoose() throws IOException {
    Files.createDirectories(directory.resolve("x/y"));
    try (Following following =
        new Following(directory, COLUMNS, "recursive", "true", "pattern", "**/*.csv").start()) {
      following.write("x/y/a.csv", "1,one\n");
      following.write("b.csv", "2,two\n");
      following.write("c.txt", "3,three\n");
      following.write("x/d.csv.gz", gzip("4,four\n"));
      following.await(2);
      following.idle();
      assertThat(following.firstColumn()).contains(1L, 4L).doesNotContain(3L);
    }
  }

  /** Multi-byte characters across every edge of the read buffer, in files and while they grow. */
  @Test
  void charactersAcrossTheEdgesOfBuffers() {
    String text = "äöü€😀".repeat(40);
    try (Following following = new Following(directory, COLUMNS).start()) {
      int files = 12;
      for (int shift = 0; shift < files; shift++) {
        StringBuilder content = new StringBuilder();
        content.append(shift * 1000).append(',').append("x".repeat(shift)).append('\n');
        int id = shift * 1000 + 1;
        while (content.length() < 150_000) {
          content.append(id++).append(',').append(text).append('\n');
        }
        following.write("f" + shift + ".csv", content.toString());
      }
      following.await(files * 600);
      following.idle();
      assertThat(following.letters()).isEmpty();
      assertThat(following.rows())
          .filteredOn(r -> (Long) r[0] % 1000 != 0)
          .allSatisfy(r -> assertThat(r[1]).isEqualTo(text));
    }
  }

  @Test
  void everyByteOfAFileMayComeAlone() throws IOException {
    String content = "1,\"zwei\r\nZeilen äö€😀\"\r\n2,\"a \"\"b\"\"\"\n3,\n";
    try (Following following = new Following(directory, COLUMNS).start()) {
      Path file = directory.resolve("a.csv");
      for (byte b : content.getBytes(StandardCharsets.UTF_8)) {
        Files.write(
            file,
            new byte[] {b},
            java.nio.file.StandardOpenOption.CREATE,
            java.nio.file.StandardOpenOption.APPEND);
        following.harness.poll();
        following.harness.commit();
      }
      following.await(3);
      assertThat(following.rows().get(0)).containsExactly(1L, "zwei\r\nZeilen äö€😀");
      assertThat(following.rows().get(1)).containsExactly(2L, "a \"b\"");
      assertThat(following.rows().get(2)).containsExactly(3L, null);
    }
  }

  @Test
  void charsetsAndByteOrderMarks() {
    for (String charset : List.of("UTF-16LE", "UTF-16BE", "ISO-8859-1", "windows-1252")) {
      Path below = directory.resolve(charset);
      below.toFile().mkdirs();
      try (Following following = new Following(below, COLUMNS, "charset", charset).start()) {
        following.write("a.csv", "1,\"ä\nö\"\n2,ü\r\n".getBytes(Charset.forName(charset)));
        following.await(2);
        assertThat(following.rows().get(0)).containsExactly(1L, "ä\nö");
        assertThat(following.rows().get(1)).containsExactly(2L, "ü");
      }
    }
    Path marked = directory.resolve("marked");
    marked.toFile().mkdirs();
    try (Following following = new Following(marked, COLUMNS, "charset", "UTF-16").start()) {
      following.write("a.csv", "\uFEFF1,ä\n".getBytes(StandardCharsets.UTF_16LE));
      following.write("b.csv", "\uFEFF2,ö\n".getBytes(StandardCharsets.UTF_16BE));
      following.await(2);
      assertThat(following.firstColumn()).containsExactlyInAnyOrder(1L, 2L);
    }
    Path utf8 = directory.resolve("utf8");
    utf8.toFile().mkdirs();
    try (Following following = new Following(utf8, COLUMNS).start()) {
      following.write("a.csv", "\uFEFF1,ä\n");
      following.await(1);
      assertThat(following.firstColumn()).containsExactly(1L);
    }
  }

  @Test
  void badLinesGoToTheDeadLettersWithWhereTheyStand() {
    try (Following following =
        new Following(directory, COLUMNS, "max_record_size", "1000").start()) {
      following.write(
          "a.csv",
          "1,one\nx,two\n3,three,more\n"
              + "4,\"opened"
              + "y".repeat(2000)
              + "\n"
              + "5,"
              + "z".repeat(3000)
              + "\n6,six\n");
      following.await(2);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 6L);
      List<DeadLetter> letters = following.letters();
      assertThat(letters).hasSize(4);
      assertThat(letters.get(0).getReason()).startsWith("column id: 'x' is no BIGINT");
      assertThat(letters.get(0).getLocation()).isEqualTo(directory.resolve("a.csv") + ":2");
      assertThat(letters.get(0).getText()).isEqualTo("x,two");
      assertThat(letters.get(1).getReason())
          .startsWith("3 values where the declaration has 2 columns");
      assertThat(letters.get(3).getLocation()).endsWith(":5");
      assertThat(letters).extracting(DeadLetter::getId).doesNotHaveDuplicates();
    }
  }

  @Test
  void theSameBadLineMetTwiceHasTheSameId() {
    try (Following following = new Following(directory, COLUMNS).start()) {
      following.write("a.csv", "1,one\nx,two\n");
      following.harness.poll();
      following.harness.crash();
      following.harness.start(1);
      following.await(1);
      following.idle();
      assertThat(following.letters()).hasSize(1);
    }
  }

  @Test
  void onErrorStopFailsTheTask() {
    try (Following following = new Following(directory, COLUMNS, "on_error", "stop").start()) {
      following.write("a.csv", "x,one\n");
      assertThatThrownBy(() -> following.await(1))
          .isInstanceOf(ConnectException.class)
          .hasMessageContaining("a.csv:1");
    }
  }

  @Test
  void replayedLettersAreProcessedOnceAndFailAgainWithTheirOrigin() {
    try (Following following = new Following(directory, COLUMNS).start()) {
      following.write("a.csv", "1,one\nx,two\n");
      following.await(1);
      following.idle();
      DeadLetter letter = following.letters().getFirst();
      following.platform.replay(letter);
      following.platform.replay(
          DeadLetter.newBuilder(letter)
              .setOriginal(ByteBuffer.wrap("2,two".getBytes(StandardCharsets.UTF_8)))
              .build());
      following.platform.replay(DeadLetter.newBuilder(letter).setComponent("other").build());
      following.await(2);
      following.harness.crash();
      following.harness.start(2);
      following.harness.runUntil("both letters", () -> following.letters().size() >= 2);
      following.idle();
      assertThat(following.firstColumn()).containsExactly(1L, 2L);
      assertThat(following.letters()).hasSize(2);
      assertThat(following.letters().get(1).getReplayOf()).isEqualTo(letter.getId());
    }
  }

  @Test
  void directoriesThatAreNotAllowedAreNotReached() {
    Following following = new Following(directory, COLUMNS, "directory", "/etc");
    System.setProperty(AllowedDirectories.PROPERTY, directory.toString());
    assertThatThrownBy(following::start)
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("/etc may not be reached");
  }

  @Test
  void manyFilesShareTheOpenOnes() {
    try (Following following = new Following(directory, COLUMNS).start()) {
      List<Object> expected = new ArrayList<>();
      for (long i = 0; i < 1000; i++) {
        following.write("f" + i + ".csv", i + ",first\n");
        expected.add(i);
      }
      following.await(1000);
      for (long i = 1000; i < 2000; i++) {
        following.append("f" + (i - 1000) + ".csv", i + ",second\n");
        expected.add(i);
      }
      following.harness.crash();
      following.harness.start(3);
      following.await(2000);
      following.idle();
      assertThat(following.firstColumn()).containsExactlyInAnyOrderElementsOf(expected);
    }
  }
}
