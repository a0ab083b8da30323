package io.millrace.schemas.json;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** ISO-8601 texts of the temporal values that events hold. */
public final class IsoTimes {

  private static final long MICROS_PER_SECOND = 1_000_000L;

  private IsoTimes() {}

  /** {@code 2026-01-31}, from days since 1970-01-01. */
  public static String date(int epochDays) {
    return LocalDate.ofEpochDay(epochDays).toString();
  }

  /** {@code 23:59:59} or {@code 23:59:59.000001}, from microseconds since midnight. */
  public static String time(long micros) {
    LocalTime time = LocalTime.ofNanoOfDay(micros * 1000);
    String text = time.toString();
    return text.length() == 5 ? text + ":00" : text;
  }

  /** {@code 2026-01-31T23:59:59.000001Z}, from microseconds since the epoch. */
  public static String timestamp(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, MICROS_PER_SECOND),
            Math.floorMod(micros, MICROS_PER_SECOND) * 1000L)
        .toString();
  }
}
