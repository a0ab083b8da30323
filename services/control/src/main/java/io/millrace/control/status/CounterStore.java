package io.millrace.control.status;

import io.millrace.schemas.control.ComponentStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Totals that outlive instances: what each run of a component (an instance since a start) has
 * counted, kept in PostgreSQL. Written again, a count only grows; so nothing is counted twice,
 * whoever writes. Thread-safe.
 */
@Component
class CounterStore implements InitializingBean, DisposableBean {

  private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(CounterStore.class);

  private final JdbcTemplate jdbc;
  private final Map<String, Map<String, Map<Run, Totals>>> counts = new HashMap<>();
  private final Set<Changed> changed = new HashSet<>();

  CounterStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  private record Run(String instance, long startedAt) {}

  private record Changed(String application, String component, Run run) {}

  /** Events counted. */
  record Totals(long eventsIn, long eventsOut, long deadLetters) {

    static final Totals NONE = new Totals(0, 0, 0);

    Totals plus(Totals other) {
      return new Totals(
          eventsIn + other.eventsIn, eventsOut + other.eventsOut, deadLetters + other.deadLetters);
    }

    Totals atLeast(Totals other) {
      return new Totals(
          Math.max(eventsIn, other.eventsIn),
          Math.max(eventsOut, other.eventsOut),
          Math.max(deadLetters, other.deadLetters));
    }
  }

  synchronized void count(ComponentStatus status) {
    Run run = new Run(status.getInstance(), status.getStartedAt());
    Totals now = new Totals(status.getEventsIn(), status.getEventsOut(), status.getDeadLetters());
    Map<Run, Totals> runs = runs(status.getApplication(), status.getComponent());
    Totals before = runs.get(run);
    Totals after = before == null ? now : before.atLeast(now);
    if (!after.equals(before)) {
      runs.put(run, after);
      changed.add(new Changed(status.getApplication(), status.getComponent(), run));
    }
  }

  synchronized Totals total(String application, String component) {
    return counts
        .getOrDefault(application, Map.of())
        .getOrDefault(component, Map.of())
        .values()
        .stream()
        .reduce(Totals.NONE, Totals::plus);
  }

  synchronized void forget(String application) {
    counts.remove(application);
    changed.removeIf(change -> change.application().equals(application));
  }

  @Override
  public synchronized void afterPropertiesSet() {
    jdbc.query(
        "select * from counter",
        row -> {
          runs(row.getString("application"), row.getString("component"))
              .put(
                  new Run(row.getString("instance"), row.getLong("started_at")),
                  new Totals(
                      row.getLong("events_in"),
                      row.getLong("events_out"),
                      row.getLong("dead_letters")));
        });
  }

  @Scheduled(fixedDelay = 3_000)
  void save() {
    List<Object[]> rows = new ArrayList<>();
    synchronized (this) {
      for (Changed change : changed) {
        Totals totals =
            runs(change.application(), change.component()).getOrDefault(change.run(), Totals.NONE);
        rows.add(
            new Object[] {
              change.application(),
              change.component(),
              change.run().instance(),
              change.run().startedAt(),
              totals.eventsIn(),
              totals.eventsOut(),
              totals.deadLetters()
            });
      }
      changed.clear();
    }
    if (rows.isEmpty()) {
      return;
    }
    try {
      jdbc.batchUpdate(
          """
          insert into counter
            (application, component, instance, started_at, events_in, events_out, dead_letters)
          values (?, ?, ?, ?, ?, ?, ?)
          on conflict (application, component, instance, started_at) do update set
            events_in = greatest(counter.events_in, excluded.events_in),
            events_out = greatest(counter.events_out, excluded.events_out),
            dead_letters = greatest(counter.dead_letters, excluded.dead_letters),
            updated_at = now()
          """,
          rows);
    } catch (DataAccessException e) {
      // The next status of each run brings its totals again.
      LOG.warn("totals could not be saved: {}", e.toString());
    }
  }

  @Override
  public void destroy() {
    save();
  }

  private Map<Run, Totals> runs(String application, String component) {
    return counts
        .computeIfAbsent(application, a -> new HashMap<>())
        .computeIfAbsent(component, c -> new HashMap<>());
  }
}
