package io.millrace.schemas.bus;

/** The names of the topics that cross services. */
public final class Topics {

  public static final String PLANS = "millrace.plans";
  public static final String STATUS = "millrace.status";
  public static final String SCHEMAS = "millrace.schemas";
  public static final String CONNECTORS = "millrace.connectors";
  public static final String CAPTURES = "millrace.captures";

  private Topics() {}

  /** The dead letters of an application (namespace.name). */
  public static String deadLetters(String application) {
    return "millrace.dead-letters." + application;
  }

  /** The dead letters of an application that are to be processed again. */
  public static String replays(String application) {
    return "millrace.replays." + application;
  }
}
