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

  /** What the tasks of a stateful query took in, in which order. */
  public static String journal(String application, String component) {
    return "millrace.journal." + application + "." + legal(component);
  }

  /** What the tasks of a stateful query remember, written down from time to time. */
  public static String state(String application, String component) {
    return "millrace.state." + application + "." + legal(component);
  }

  /** The groups that the tasks of a stateful query remember beyond windows, by their keys. */
  public static String groups(String application, String component) {
    return "millrace.groups." + application + "." + legal(component);
  }

  /** Names of components may hold what those of topics must not. */
  private static String legal(String component) {
    StringBuilder text = new StringBuilder();
    for (char c : component.toCharArray()) {
      if (c < 128 && (Character.isLetterOrDigit(c) || c == '_')) {
        text.append(c);
      } else {
        text.append('-').append(Integer.toHexString(c));
      }
    }
    return text.toString();
  }
}
