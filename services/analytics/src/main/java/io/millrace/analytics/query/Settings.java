package io.millrace.analytics.query;

import java.time.Duration;

/**
 * How stateful queries are run.
 *
 * @param snapshot how often what a task remembers is written down while events come in; what came
 *     since then is processed once more after a restart
 * @param idle how long an input has to be silent until event time goes on without it, unless the
 *     application says
 * @param tick how often the wall clock is looked at
 */
public record Settings(Duration snapshot, Duration idle, Duration tick) {

  public static final Settings USUAL =
      new Settings(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMillis(200));
}
