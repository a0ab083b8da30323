package io.millrace.cep;

/** What is known of the time of one upstream task of a source. */
final class Channel {

  final int number;
  long highest;
  boolean idle;
  boolean seen;
  long lastSeenMillis;

  Channel(int number, long highest) {
    this.number = number;
    this.highest = highest;
  }
}
