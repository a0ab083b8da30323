package io.millrace.connector.file.source.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.file.source.FileSourceConfig;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParsersTest {

  private static RecordParser parser(RowType columns, String... options) {
    Map<String, String> given = new HashMap<>();
    given.put("directory", "/x");
    for (int i = 0; i < options.length; i += 2) {
      given.put(options[i], options[i + 1]);
    }
    return RecordParser.of(FileSourceConfig.of(given), columns);
  }

  private static Object[] parse(RecordParser parser, String line) {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    return parser.parse(bytes, 0, bytes.length);
  }

  private static RowType texts(String... names) {
    return new RowType(
        java.util.Arrays.stream(names)
            .map(n -> Field.nullable(n, n.equals("time") ? DataType.TIMESTAMP : DataType.STRING))
            .toList());
  }

  private static long micros(String iso) {
    Instant instant = Instant.parse(iso);
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
  }

  @Test
  void csvTypes() {
    RowType columns =
        RowType.of(
            Field.nullable("b", DataType.BOOLEAN),
            Field.nullable("i", DataType.INT),
            Field.nullable("l", DataType.BIGINT),
            Field.nullable("d", DataType.DOUBLE),
            Field.nullable("m", DataType.decimal(6, 2)),
            Field.nullable("da", DataType.DATE),
            Field.nullable("ti", DataType.TIME),
            Field.nullable("ts", DataType.TIMESTAMP));
    RecordParser parser = parser(columns);
    assertThat(
            parse(
                parser,
                "true,-5,9223372036854775807,1.5e3,-7.5,2026-01-31,23:59:59.5,"
                    + "2026-01-31 12:00:00"))
        .containsExactly(
            true,
            -5,
            Long.MAX_VALUE,
            1500.0,
            new BigDecimal("-7.50"),
            20484,
            86_399_500_000L,
            micros("2026-01-31T12:00:00Z"));
    assertThat(parse(parser, ",,,,,,,")).containsOnlyNulls();
    for (String bad :
        List.of(
            "maybe,,,,,,,",
            ",2147483648,,,,,,",
            ",,9223372036854775808,,,,,",
            ",,,,1.234,,,",
            ",,,,12345.00,,,",
            ",,,,,2026-02-30,,",
            ",,,,,,25:00,",
            ",,,,,,,yesterday")) {
      assertThatThrownBy(() -> parse(parser, bad))
          .as(bad)
          .isInstanceOf(ParseException.class)
          .hasMessageStartingWith("column ");
    }
  }

  @Test
  void csvQuotesAndNullText() {
    RecordParser parser =
        parser(texts("a", "b"), "delimiter", "|", "quote", "'", "null_text", "\\N");
    assertThat(parse(parser, "'x|''y'|\\N")).containsExactly("x|'y", null);
    assertThat(parse(parser, "'\\N'|")).containsExactly("\\N", "");
    assertThatThrownBy(() -> parse(parser, "'x'y|z"))
        .hasMessageContaining("between a closing quote and the next delimiter");
    assertThatThrownBy(() -> parse(parser, "'x|z")).hasMessageContaining("not closed");
  }

  @Test
  void notNullColumnsNeedAValue() {
    RowType columns = RowType.of(Field.required("a", DataType.INT));
    assertThatThrownBy(() -> parse(parser(columns), "")).hasMessageContaining("NOT NULL");
    assertThatThrownBy(() -> parse(parser(columns, "format", "json"), "{\"b\":1}"))
        .hasMessageContaining("column a: there is no value and it is NOT NULL");
  }

  @Test
  void timestampsInAFormatAndAZone() {
    RowType columns = RowType.of(Field.nullable("t", DataType.TIMESTAMP));
    assertThat(
            parse(
                parser(
                    columns,
                    "timestamp_format",
                    "dd.MM.yyyy HH:mm:ss",
                    "time_zone",
                    "Europe/Berlin"),
                "31.01.2026 13:00:00"))
        .containsExactly(micros("2026-01-31T12:00:00Z"));
    assertThat(parse(parser(columns, "time_zone", "Europe/Berlin"), "2026-01-31T13:00:00"))
        .containsExactly(micros("2026-01-31T12:00:00Z"));
    assertThat(parse(parser(columns), "2026-01-31T13:00:00.25+01:00"))
        .containsExactly(micros("2026-01-31T12:00:00.25Z"));
  }

  @Test
  void jsonNested() {
    RowType columns =
        RowType.of(
            Field.nullable("id", DataType.BIGINT),
            Field.nullable("m", DataType.decimal(20, 3)),
            Field.nullable("tags", DataType.array(DataType.INT)),
            Field.nullable("map", DataType.map(DataType.STRING)),
            Field.nullable("row", DataType.row(List.of(Field.nullable("x", DataType.BOOLEAN)))),
            Field.nullable("any", DataType.JSON),
            Field.nullable("t", DataType.TIMESTAMP));
    Object[] row =
        parse(
            parser(columns, "format", "json"),
            "{\"ID\":1,\"m\":12345678901234567.125,\"tags\":[1,null],\"map\":{\"k\":\"v\"},"
                + "\"row\":{\"x\":true,\"y\":[1]},\"any\":{\"a\": [1, 2]},"
                + "\"t\":\"2026-01-31T12:00:00Z\",\"more\":{}}");
    assertThat(row[0]).isEqualTo(1L);
    assertThat(row[1]).isEqualTo(new BigDecimal("12345678901234567.125"));
    assertThat((List<?>) row[2]).hasSize(2).first().isEqualTo(1);
    assertThat(row[3]).isEqualTo(Map.of("k", "v"));
    assertThat((Object[]) row[4]).containsExactly(true);
    assertThat(row[5]).isEqualTo("{\"a\":[1,2]}");
    assertThat(row[6]).isEqualTo(micros("2026-01-31T12:00:00Z"));
    assertThatThrownBy(() -> parse(parser(columns, "format", "json"), "{\"id\":1"))
        .isInstanceOf(ParseException.class)
        .hasMessageStartingWith("the line is no JSON");
    assertThatThrownBy(() -> parse(parser(columns, "format", "json"), "{\"id\":1.5}"))
        .hasMessageContaining("column id");
  }

  @Test
  void regularExpression() {
    RecordParser parser =
        parser(
            RowType.of(
                Field.nullable("user_id", DataType.INT), Field.nullable("what", DataType.STRING)),
            "format",
            "regex",
            "expression",
            "(?<userid>\\d+) (?<what>.*)");
    assertThat(parse(parser, "12 logged in")).containsExactly(12, "logged in");
    assertThatThrownBy(() -> parse(parser, "nobody")).hasMessageContaining("does not match");
    assertThatThrownBy(() -> parser(texts("other"), "format", "regex", "expression", "(?<a>.*)"))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("column other is none of the expression's named groups: a");
  }

  @Test
  void accessLogs() {
    String common =
        "127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] \"GET /apache_pb.gif HTTP/1.0\" 200 2326";
    RowType columns =
        RowType.of(
            Field.nullable("host", DataType.STRING),
            Field.nullable("ident", DataType.STRING),
            Field.nullable("user_name", DataType.STRING),
            Field.nullable("time", DataType.TIMESTAMP),
            Field.nullable("method", DataType.STRING),
            Field.nullable("path", DataType.STRING),
            Field.nullable("status", DataType.INT),
            Field.nullable("bytes", DataType.BIGINT));
    assertThat(parse(parser(columns, "format", "apache-common"), common))
        .containsExactly(
            "127.0.0.1",
            null,
            "frank",
            micros("2000-10-10T20:55:36Z"),
            "GET",
            "/apache_pb.gif",
            200,
            2326L);
    for (String format : List.of("apache-combined", "nginx-combined")) {
      assertThat(
              parse(
                  parser(texts("referer", "user_agent", "request"), "format", format),
                  common + " \"-\" \"Mozilla/4.08 [en] (Win98; I ;Nav)\""))
          .containsExactly(
              null, "Mozilla/4.08 [en] (Win98; I ;Nav)", "GET /apache_pb.gif HTTP/1.0");
    }
    assertThat(
            parse(
                parser(texts("request", "method"), "format", "apache-common"),
                "::1 - - [10/Oct/2000:13:55:36 -0700] \"\\x16\\x03\" 400 -"))
        .containsExactly("\\x16\\x03", null);
  }

  /** Examples of RFC 5424 section 6.5. */
  @Test
  void syslog5424() {
    RowType columns =
        texts("time", "host", "app", "pid", "msgid", "data", "message", "facility", "severity");
    RecordParser parser = parser(columns, "format", "syslog-rfc5424");
    assertThat(
            parse(
                parser,
                "<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - 'su root'"
                    + " failed for lonvick on /dev/pts/8"))
        .containsExactly(
            micros("2003-10-11T22:14:15.003Z"),
            "mymachine.example.com",
            "su",
            null,
            "ID47",
            null,
            "'su root' failed for lonvick on /dev/pts/8",
            "4",
            "2");
    assertThat(
            parse(
                parser,
                "<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47"
                    + " [exampleSDID@32473 iut=\"3\" eventSource=\"App\\]lication\"][x@1 a=\"b\"]"))
        .contains("[exampleSDID@32473 iut=\"3\" eventSource=\"App\\]lication\"][x@1 a=\"b\"]")
        .endsWith(null, "20", "5");
  }

  @Test
  void syslog3164TakesTheYearThatIsNear() {
    RowType columns = texts("time", "host", "app", "pid", "message", "severity");
    ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
    Object[] row =
        parse(
            parser(columns, "format", "syslog-rfc3164"),
            "<13>Feb  5 17:32:18 10.0.0.99 sshd[411]: Use the BFG!");
    int year =
        ZonedDateTime.of(now.getYear(), 2, 5, 17, 32, 18, 0, ZoneOffset.UTC)
                .isAfter(now.plusDays(1))
            ? now.getYear() - 1
            : now.getYear();
    assertThat(row)
        .containsExactly(
            micros(year + "-02-05T17:32:18Z"), "10.0.0.99", "sshd", "411", "Use the BFG!", "5");
    assertThat(
            LogFormat.SYSLOG_RFC3164.micros(
                "Dec 31 23:59:59", ZoneOffset.UTC, Instant.parse("2026-01-01T00:00:05Z")))
        .isEqualTo(micros("2025-12-31T23:59:59Z"));
  }

  @Test
  void bytesThatAreNotInTheCharsetAreRefused() {
    RecordParser parser = parser(texts("a"));
    assertThatThrownBy(() -> parser.parse(new byte[] {'x', (byte) 0xE4, 'y'}, 0, 3))
        .isInstanceOf(ParseException.class)
        .hasMessageContaining("charset");
    assertThat(parse(parser, "a \uFFFD of its own")).containsExactly("a \uFFFD of its own");
  }
}
