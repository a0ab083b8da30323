package io.millrace.oracle.nexmark;

import java.util.Random;

/**
 * Which persons and auctions exist when an event happens: of 50 events one is a person, three are
 * auctions.
 */
final class Ids {
  static final long FIRST = 1000;
  static final int PERSONS = 1;
  static final int AUCTIONS = 3;
  static final int ALL = 50;
  private static final int IN_FLIGHT = 100;
  private static final int ACTIVE = 1000;
  private static final int LEAD = 10;

  private Ids() {}

  static long lastPerson(long event) {
    return event / ALL * PERSONS + Math.min(event % ALL, PERSONS - 1);
  }

  static long somePerson(long event, Random random) {
    long persons = lastPerson(event) + 1;
    long active = Math.min(persons, ACTIVE);
    return persons - active + Words.number(random, active + LEAD);
  }

  static long lastAuction(long event) {
    long epoch = event / ALL;
    long offset = event % ALL;
    if (offset < PERSONS) {
      epoch--;
      offset = AUCTIONS - 1;
    } else {
      offset = Math.min(offset - PERSONS, AUCTIONS - 1);
    }
    return epoch * AUCTIONS + offset;
  }

  static long someAuction(long event, Random random) {
    long last = lastAuction(event);
    long first = Math.max(last - IN_FLIGHT, 0);
    return first + Words.number(random, last - first + 1 + LEAD);
  }

  /** How many events it takes until as many auctions have begun as may be open. */
  static long eventsOfOpenAuctions() {
    return (long) IN_FLIGHT * ALL / AUCTIONS;
  }
}
