package io.millrace.connector.file.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** Reads what a file sink has written, as a strict reader of CSV does. */
final class OutputFiles {

  private OutputFiles() {}

  static List<Path> all(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Path> published(Path directory) {
    return all(directory).stream()
        .filter(p -> !p.getFileName().toString().contains("-current-"))
        .toList();
  }

  static List<List<String>> rows(Path directory) {
    return all(directory).stream().flatMap(p -> rowsOf(p).stream()).toList();
  }

  /** The rows of one file without its header; values that are null are the empty text. */
  static List<List<String>> rowsOf(Path file) {
    List<List<String>> rows = parse(text(file));
    return rows.isEmpty() ? rows : rows.subList(1, rows.size());
  }

  static String text(Path file) {
    try (InputStream in =
        file.toString().endsWith(".gz")
            ? new GZIPInputStream(Files.newInputStream(file))
            : Files.newInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<String>> parse(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted) {
        if (c != '"') {
          value.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          value.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"') {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        row.add(value.toString());
        value.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
        }
      } else {
        value.append(c);
      }
    }
    if (quoted || !value.isEmpty() || !row.isEmpty()) {
      throw new AssertionError("the file ends within a row");
    }
    return rows;
  }
}
