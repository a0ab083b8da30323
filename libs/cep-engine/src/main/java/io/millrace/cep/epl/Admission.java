package io.millrace.cep.epl;

import java.util.Set;

/** The names that a text may use. What is not here is refused, whatever Esper makes of it. */
final class Admission {

  private Admission() {}

  /** Functions that are called by a bare name. */
  static final Set<String> FUNCTIONS =
      Set.of("window", "first", "last", "nth", "sorted", "maxby", "minby");

  /** Of those, the ones that look over several events. */
  static final Set<String> AGGREGATES = FUNCTIONS;

  /** Methods of a value: texts, collections, points in time. Written as in Esper. */
  static final Set<String> METHODS =
      Set.of(
          // texts
          "length",
          "toLowerCase",
          "toUpperCase",
          "trim",
          "substring",
          "indexOf",
          "lastIndexOf",
          "startsWith",
          "endsWith",
          "contains",
          "equalsIgnoreCase",
          "concat",
          "isEmpty",
          // collections
          "size",
          "countOf",
          "where",
          "min",
          "max",
          "minBy",
          "maxBy",
          "average",
          "sumOf",
          "firstOf",
          "lastOf",
          "anyOf",
          "allOf",
          "selectFrom",
          "take",
          "takeLast",
          "takeWhile",
          "takeWhileLast",
          "distinctOf",
          "orderBy",
          "orderByDesc",
          "reverse",
          "mostFrequent",
          "leastFrequent",
          // points in time
          "getYear",
          "getMonthOfYear",
          "getDayOfMonth",
          "getDayOfWeek",
          "getDayOfYear",
          "getHourOfDay",
          "getMinuteOfHour",
          "getSecondOfMinute",
          "getMillisOfSecond",
          "getWeekyear",
          "plus",
          "minus",
          "before",
          "after",
          "between");

  /** What {@code cast} can make. */
  static final Set<String> CASTS =
      Set.of("string", "bool", "boolean", "int", "integer", "long", "float", "double");

  static final Set<String> VIEWS =
      Set.of(
          "time",
          "time_batch",
          "time_accum",
          "ext_timed",
          "ext_timed_batch",
          "length",
          "length_batch",
          "lastevent",
          "unique",
          "firstunique",
          "sort",
          "groupwin",
          "keepall",
          "firstevent",
          "firstlength",
          "firsttime");

  static final Set<String> GUARDS = Set.of("timer:within", "timer:withinmax");

  static final Set<String> OBSERVERS = Set.of("timer:interval", "timer:at", "timer:schedule");
}
