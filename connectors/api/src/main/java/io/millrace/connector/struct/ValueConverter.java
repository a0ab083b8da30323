package io.millrace.connector.struct;

/** Turns a captured value, never null, into the way that events hold it. */
@FunctionalInterface
public interface ValueConverter {

  ValueConverter SAME = value -> value;

  Object convert(Object value);
}
