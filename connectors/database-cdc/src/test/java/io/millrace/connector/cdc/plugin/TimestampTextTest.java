package io.millrace.connector.cdc.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read at all is what java.time reads. */
class TimestampTextTest {

  @Test
  void everyTimeOfYearsWithFourDigitsIsRead() {
    Random random = new Random(7);
    long first = LocalDateTime.of(1, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
    long last = LocalDateTime.of(9999, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);
    for (int i = 0; i < 100_000; i++) {
      int digits = random.nextInt(7);
      int unit = (int) Math.pow(10, 9 - digits);
      LocalDateTime time =
          LocalDateTime.ofEpochSecond(
              random.nextLong(first, last + 1),
              random.nextInt((int) Math.pow(10, digits)) * unit,
              ZoneOffset.UTC);
      String pattern = "uuuu-MM-dd HH:mm:ss" + (digits == 0 ? "" : "." + "S".repeat(digits));
      String text = "changed(timestamp)=" + time.format(DateTimeFormatter.ofPattern(pattern));
      assertThat(TimestampText.instant(text, text.indexOf('=') + 1))
          .as(text)
          .isEqualTo(time.toInstant(ZoneOffset.UTC));
      ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(2 * 15 * 60) - 15 * 60) * 60);
      text += DateTimeFormatter.ofPattern(random.nextBoolean() ? "xxx" : "x").format(offset);
      if (offset.getTotalSeconds() % 3600 == 0 || text.charAt(text.length() - 3) == ':') {
        assertThat(TimestampText.zoned(text, text.indexOf('=') + 1))
            .as(text)
            .isEqualTo(time.atOffset(offset).withOffsetSameInstant(ZoneOffset.UTC));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "infinity",
        "-infinity",
        "null",
        "2023-02-29 00:00:00",
        "1900-02-29 00:00:00",
        "2023-13-01 00:00:00",
        "2023-00-01 00:00:00",
        "2023-01-00 00:00:00",
        "2023-01-01 24:00:00",
        "2023-01-01 00:60:00",
        "2023-01-01 00:00:60",
        "2023-01-01 00:00:00.",
        "2023-01-01 00:00:00.1234567",
        "2023-01-01 00:00:00,5",
        "2023-01-01 00:00:00+00",
        "2023-01-01 00:00:00 BC",
        "0000-01-01 00:00:00",
        "2023-01-01T00:00:00",
        "2023/01/01 00:00:00",
        "12023-01-01 00:00:00",
        "2023-01-01 00:00:0x",
        "2023-01-01 00:00:00.x",
        "2023-01-01"
      })
  void whateverElseIsLeft(String text) {
    assertThat(TimestampText.instant(text, 0)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2023-01-01 00:00:00",
        "2023-01-01 00:00:00Z",
        "2023-01-01 00:00:00+5",
        "2023-01-01 00:00:00+0530",
        "2023-01-01 00:00:00+05:30:10",
        "2023-01-01 00:00:00+05:60",
        "2023-01-01 00:00:00+16",
        "2023-01-01 00:00:00+00 BC",
        "2023-01-01 00:00:60+00",
        "infinity",
        "+00"
      })
  void whateverElseWithAnOffsetIsLeft(String text) {
    assertThat(TimestampText.zoned(text, 0)).isNull();
  }
}
