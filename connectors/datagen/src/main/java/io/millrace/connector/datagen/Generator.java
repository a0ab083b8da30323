package io.millrace.connector.datagen;

/** Makes the values of one column. Thread-safe. */
@FunctionalInterface
interface Generator {

  /**
   * The value of an event.
   *
   * @param number of the event, from 0
   */
  Object value(long number);
}
