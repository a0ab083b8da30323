package io.millrace.connector.cdc;

/** Turns a captured value, never null, into the way that events hold it. */
@FunctionalInterface
interface ValueConverter {

  ValueConverter SAME = value -> value;

  Object convert(Object value);
}
