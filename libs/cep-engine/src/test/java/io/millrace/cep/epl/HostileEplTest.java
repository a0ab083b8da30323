package io.millrace.cep.epl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that want more than a query: each is refused, with a message, and nothing of it is run. */
class HostileEplTest {

  private static final RowType OUTPUT = RowType.of(new Field("s", DataType.STRING, true));

  static Stream<Arguments> texts() throws IOException {
    List<Arguments> texts = new ArrayList<>();
    try (InputStream in = HostileEplTest.class.getResourceAsStream("hostile.epl")) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String text : all.split("(?m)^==== ")) {
        if (!text.isBlank()) {
          int line = text.indexOf('\n');
          texts.add(Arguments.of(text.substring(0, line), text.substring(line + 1)));
        }
      }
    }
    assertThat(texts).hasSizeGreaterThan(60);
    return texts.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void isRefused(String title, String epl) {
    assertThatThrownBy(() -> EplRun.compile(epl, OUTPUT))
        .as(title)
        .isInstanceOfSatisfying(
            EplException.class,
            e -> {
              assertThat(e.diagnostics()).isNotEmpty();
              for (EplDiagnostic diagnostic : e.diagnostics()) {
                assertThat(diagnostic.line()).isPositive();
                assertThat(diagnostic.column()).isPositive();
                assertThat(diagnostic.message())
                    .doesNotContain("com.espertech", "Exception", "at io.millrace");
              }
              if (Boolean.getBoolean("millrace.print")) {
                System.out.println(title + "\n   " + e.getMessage().replace("\n", "\n   "));
              }
            });
  }

  /** With a retention of state, less is refused; what would never end still is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "select 1 as s from pattern [every timer:interval(0)]",
        "select 1 as s from pattern [every timer:interval(1 msec)]",
        "select 1 as s from pattern [every not Orders]",
        "select 1 as s from pattern [every (not Orders and not payments)]",
        "select 1 as s from pattern [every (Orders where timer:within(0))]",
        "select 1 as s from pattern [every-distinct(1) not Orders]",
        "select 1 as s from pattern [every (timer:interval(0) -> Orders)]",
        "select 1 as s from pattern [timer:interval(0) until Orders]",
        "select 1 as s from pattern [every every Orders]"
      })
  void whatTurnsInACircleIsRefusedAlwaysToo(String epl) {
    EplLimits kept = EplLimits.defaults().withRetention(Duration.ofHours(1));
    assertThatThrownBy(() -> EplQuery.compile(epl, EplRun.STREAMS, OUTPUT, kept))
        .isInstanceOf(EplException.class)
        .hasMessageNotContaining("column s is");
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of("a megabyte in a literal", "select '" + "x".repeat(1 << 20) + "' as s"),
        Arguments.of("a megabyte of blanks", " ".repeat(1 << 20) + "select id as s from Orders"),
        Arguments.of("brackets", "select " + "(".repeat(5000) + "1" + ")".repeat(5000)),
        Arguments.of("few brackets", "select " + "(".repeat(17) + "1" + ")".repeat(17)),
        Arguments.of("not", "select " + "not ".repeat(2000) + "true as s from Orders"),
        Arguments.of("minus", "select " + "- ".repeat(2000) + "id as s from Orders"),
        Arguments.of("every", "select 1 as s from pattern [" + "every ".repeat(900) + "Orders]"),
        Arguments.of("sums", "select id" + " + id".repeat(1400) + " as s from Orders"),
        Arguments.of("ands", "select id as s from Orders(" + "id > 1 and ".repeat(700) + "true)"),
        Arguments.of("texts", "select Product" + " || Product".repeat(1400) + " as s from Orders"),
        Arguments.of("dots", "select id" + ".x".repeat(1400) + " as s from Orders"),
        Arguments.of(
            "legs", "select 1 as s from pattern [every Orders" + " -> Orders".repeat(900) + "]"),
        Arguments.of("columns", "select id" + ", id".repeat(1400) + " from Orders"),
        Arguments.of(
            "case", "select " + "case when true then ".repeat(300) + "1" + " end".repeat(300)),
        Arguments.of("digits", "select " + "9".repeat(15000) + " as s from Orders"),
        Arguments.of(
            "a number that is huge", "select 1e999999999 as s from Orders where 1e999999999d > id"),
        Arguments.of("a long name", "select " + "x".repeat(15000) + " as s from Orders"),
        Arguments.of("statements", "insert into A select id from Orders;".repeat(300)),
        Arguments.of("subqueries", subqueries(12)),
        Arguments.of("zeros", "select \0\0\0 id from Orders"),
        Arguments.of("half a pair", "select '\uD800' , \uDC00 from Orders"));
  }

  private static String subqueries(int depth) {
    String inner = "select id from Orders#time(1 min)";
    for (int i = 0; i < depth; i++) {
      inner = "select (" + inner + ") as s from Orders";
    }
    return inner;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sizes")
  void whatIsTooLargeIsRefused(String title, String epl) {
    isRefused(title, epl);
  }

  /** Any text at all leads to a query or to a refusal, and to nothing else. */
  @Test
  void garbageIsRefused() {
    Random random = new Random(7);
    String[] words =
        ("select from pattern [ ] ( ) every -> a=Orders Orders#time(1 min) where timer:within ; '"
                + " \" ` and not id . , * + - / match_recognize define as insert into new { } => @ ? $"
                + " 1 'x' group by output at case when then end in ( exists current_timestamp \n")
            .split(" ");
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder("select ");
      int length = random.nextInt(40);
      for (int w = 0; w < length; w++) {
        text.append(words[random.nextInt(words.length)]).append(' ');
      }
      try {
        EplRun.compile(text.toString(), OUTPUT);
      } catch (EplException e) {
        assertThat(e.diagnostics()).isNotEmpty();
      }
    }
  }
}
