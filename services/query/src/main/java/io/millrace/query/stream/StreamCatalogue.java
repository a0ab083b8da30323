package io.millrace.query.stream;

import io.millrace.schemas.control.Plan;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.service.plan.PlanListener;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The streams of all deployed applications, by full name, whatever its case. */
@Component
class StreamCatalogue implements PlanListener {

  private final Map<String, Map<String, StreamDefinition>> byApplication =
      new ConcurrentHashMap<>();

  @Override
  public void onPlan(Plan plan) {
    byApplication.put(
        plan.getApplication(),
        plan.getStreams().stream()
            .collect(
                Collectors.toMap(
                    stream -> key(plan.getApplication() + "." + stream.getName()),
                    stream -> stream,
                    (first, second) -> first)));
  }

  @Override
  public void onRemoved(String application) {
    byApplication.remove(application);
  }

  /**
   * The stream of a name.
   *
   * @param name namespace.application.stream; the namespace {@code default} may be left out
   */
  StreamDefinition find(String name) {
    for (String candidate : new String[] {key(name), key("default." + name)}) {
      for (Map<String, StreamDefinition> streams : byApplication.values()) {
        StreamDefinition found = streams.get(candidate);
        if (found != null) {
          return found;
        }
      }
    }
    throw StreamError.UNKNOWN_STREAM.with(name, known());
  }

  private String known() {
    String names =
        byApplication.values().stream()
            .flatMap(streams -> streams.keySet().stream())
            .sorted()
            .limit(20)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : " There are: " + names + ".";
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
