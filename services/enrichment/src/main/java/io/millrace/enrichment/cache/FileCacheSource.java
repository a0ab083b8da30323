package io.millrace.enrichment.cache;

import io.millrace.connector.AllowedDirectories;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The lines of a file: CSV with or without a header, or JSON lines. Loaded again on change. */
final class FileCacheSource implements CacheSource {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final CacheDefinition cache;
  private final Path file;
  private final boolean json;
  private final boolean header;
  private final char delimiter;
  private final char quote;
  private final String nullText;
  private final Charset charset;
  private final Duration refresh;

  FileCacheSource(CacheDefinition cache) {
    this.cache = cache;
    this.file = reachable(Options.required(cache, "path"));
    String format = cache.options().getOrDefault("format", formatOf(file)).toLowerCase(Locale.ROOT);
    if (!format.equals("csv") && !format.equals("json")) {
      throw new IllegalArgumentException(
          "option format of cache %s has to be csv or json, not '%s'"
              .formatted(cache.name(), format));
    }
    this.json = format.equals("json");
    this.header = Boolean.parseBoolean(cache.options().getOrDefault("header", "true"));
    this.delimiter = character("delimiter", ",");
    this.quote = character("quote", "\"");
    this.nullText = cache.option("null_text");
    this.refresh = Options.duration(cache, "refresh");
    try {
      this.charset = Charset.forName(cache.options().getOrDefault("charset", "UTF-8"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "option charset of cache %s names no character set: '%s'"
              .formatted(cache.name(), cache.option("charset")),
          e);
    }
  }

  private static Path reachable(String path) {
    AllowedDirectories allowed = AllowedDirectories.ofThisProcess();
    Path file = allowed.resolve(path);
    allowed
        .refusal(file)
        .ifPresent(refusal -> {
          throw new IllegalArgumentException(refusal);
        });
    return file;
  }

  private char character(String option, String otherwise) {
    String value = cache.options().getOrDefault(option, otherwise).replace("\\t", "\t");
    if (value.length() != 1) {
      throw new IllegalArgumentException(
          "option %s of cache %s has to be one character".formatted(option, cache.name()));
    }
    return value.charAt(0);
  }

  @Override
  public String version() throws IOException {
    try {
      return Files.getLastModifiedTime(file).toMillis() + "/" + Files.size(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no file " + file, e);
    }
  }

  @Override
  public Duration refresh() {
    return refresh;
  }

  @Override
  public void load(Rows rows) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, charset)) {
      if (json) {
        loadJson(reader, rows);
      } else {
        loadCsv(new CsvReader(reader, delimiter, quote), rows);
      }
    }
  }

  private void loadJson(BufferedReader reader, Rows rows) throws IOException {
    long number = 0;
    String line;
    while ((line = reader.readLine()) != null) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      try {
        rows.row(row(JSON.readTree(line)));
      } catch (IllegalArgumentException | JacksonException e) {
        rows.rejected("line " + number, e.getMessage(), line);
      }
    }
  }

  private Object[] row(JsonNode object) {
    Object[] row = new Object[cache.row().size()];
    for (int i = 0; i < row.length; i++) {
      Field field = cache.row().field(i);
      JsonNode value = object.get(field.name());
      if (value == null || value.isNull()) {
        continue;
      }
      boolean raw = field.type().equals(DataType.JSON) || value.isContainer();
      row[i] = TextValues.parse(field.type(), raw ? value.toString() : value.asString());
    }
    return row;
  }

  private void loadCsv(CsvReader reader, Rows rows) throws IOException {
    int[] columns = new int[cache.row().size()];
    List<String> cells;
    if (header) {
      cells = reader.next();
      if (cells == null) {
        return;
      }
      find(cells, columns);
    } else {
      for (int i = 0; i < columns.length; i++) {
        columns[i] = i;
      }
    }
    while ((cells = reader.next()) != null) {
      try {
        Object[] row = new Object[columns.length];
        for (int i = 0; i < columns.length; i++) {
          if (columns[i] >= cells.size()) {
            throw new IllegalArgumentException(
                "%d values, and column %s would be the %d."
                    .formatted(cells.size(), cache.row().field(i).name(), columns[i] + 1));
          }
          String text = cells.get(columns[i]);
          row[i] =
              text.equals(nullText) ? null : TextValues.parse(cache.row().field(i).type(), text);
        }
        rows.row(row);
      } catch (IllegalArgumentException e) {
        rows.rejected("line " + reader.line(), e.getMessage(), String.join("" + delimiter, cells));
      }
    }
  }

  private void find(List<String> names, int[] columns) throws IOException {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < columns.length; i++) {
      columns[i] = -1;
      for (int c = 0; c < names.size(); c++) {
        if (names.get(c).strip().equalsIgnoreCase(cache.row().field(i).name())) {
          columns[i] = c;
        }
      }
      if (columns[i] < 0) {
        missing.add(cache.row().field(i).name());
      }
    }
    if (!missing.isEmpty()) {
      throw new IOException(
          "the first line of %s names no column %s; it has %s"
              .formatted(file, String.join(", ", missing), String.join(", ", names)));
    }
  }

  private static String formatOf(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".json") || name.endsWith(".jsonl") || name.endsWith(".ndjson")
        ? "json"
        : "csv";
  }
}
