package io.millrace.local.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** Numbers as people read them. */
final class Figures {

  private Figures() {}

  /** Events a second. */
  static String rate(JsonNode value) {
    if (!value.isNumber()) {
      return "";
    }
    double rate = value.asDouble();
    return rate >= 100 || rate == 0
        ? String.format(Locale.ROOT, "%.0f", rate)
        : String.format(Locale.ROOT, "%.1f", rate);
  }

  static String millis(JsonNode value) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.0f ms", value.asDouble()) : "";
  }

  /** How long ago a time in milliseconds since the epoch was. */
  static String ago(JsonNode value) {
    if (!value.isNumber() || value.asLong() <= 0) {
      return "";
    }
    Duration ago = Duration.between(Instant.ofEpochMilli(value.asLong()), Instant.now());
    long seconds = Math.max(0, ago.toSeconds());
    if (seconds < 120) {
      return seconds + " s ago";
    }
    return seconds < 7200 ? seconds / 60 + " min ago" : seconds / 3600 + " h ago";
  }
}
