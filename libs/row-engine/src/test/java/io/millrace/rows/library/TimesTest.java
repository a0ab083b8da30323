package io.millrace.rows.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Our calendar against java.time, on random days of 20,000 years and with a fixed seed. */
class TimesTest {
  private static final int ROUNDS = 50_000;
  private final Random random = new Random(42);

  private long micros() {
    return (random.nextLong(-7_000_000_000L, 7_000_000_000L)) * 40_000_000L
        + random.nextInt(1_000_000);
  }

  @Test
  void fieldsAreThoseOfJavaTime() {
    for (int i = 0; i < ROUNDS; i++) {
      long micros = micros();
      LocalDateTime time = TimePattern.local(micros);
      assertThat(TimeFields.extract("YEAR", micros)).isEqualTo(time.getYear());
      assertThat(TimeFields.extract("MONTH", micros)).isEqualTo(time.getMonthValue());
      assertThat(TimeFields.extract("DAY", micros)).isEqualTo(time.getDayOfMonth());
      assertThat(TimeFields.extract("DOY", micros)).isEqualTo(time.getDayOfYear());
      assertThat(TimeFields.extract("ISODOW", micros)).isEqualTo(time.getDayOfWeek().getValue());
      assertThat(TimeFields.extract("WEEK", micros))
          .isEqualTo(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
      assertThat(TimeFields.extract("ISOYEAR", micros))
          .isEqualTo(time.get(IsoFields.WEEK_BASED_YEAR));
      assertThat(TimeFields.extract("HOUR", micros)).isEqualTo(time.getHour());
      assertThat(TimeFields.extract("SECOND", micros)).isEqualTo(time.getSecond());
    }
  }

  @Test
  void monthsAreAddedAsInJavaTime() {
    for (int i = 0; i < ROUNDS; i++) {
      long micros = micros();
      int months = random.nextInt(-5000, 5000);
      LocalDateTime time = TimePattern.local(micros);
      assertThat(Times.addMonths(micros, months))
          .isEqualTo(TimePattern.micros(time.plusMonths(months)));
      long other = micros();
      assertThat(TimeUnits.difference("MONTH", micros, other))
          .isEqualTo(ChronoUnit.MONTHS.between(time, TimePattern.local(other)));
    }
  }

  @Test
  void textsAreReadAsTheyWereWritten() {
    for (int i = 0; i < ROUNDS; i++) {
      long micros = micros();
      assertThat(TimeTexts.parseTimestamp(TimeTexts.timestampText(micros))).isEqualTo(micros);
      int day = Times.toDate(micros);
      assertThat(TimeTexts.parseDate(TimeTexts.dateText(day))).isEqualTo(day);
      LocalDate date = LocalDate.ofEpochDay(day);
      if (date.getYear() >= 0 && date.getYear() <= 9999) {
        assertThat(TimeTexts.dateText(day)).isEqualTo(date.toString());
      }
    }
  }
}
