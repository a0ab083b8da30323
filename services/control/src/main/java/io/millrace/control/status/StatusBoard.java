package io.millrace.control.status;

import io.millrace.control.application.ApplicationRecord;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.ComponentState;
import io.millrace.schemas.control.ComponentStatus;
import io.millrace.schemas.control.Plan;
import io.millrace.service.bus.CompactedTopic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What every instance reports of every component, as of now. Thread-safe. */
@Component("statuses")
public class StatusBoard extends CompactedTopic {

  private static final long FORGOTTEN_AFTER_SECONDS = 60;

  private final CounterStore counters;

  /** By application, component and instance. */
  private final Map<String, Map<String, Map<String, InstanceStatus>>> statuses = new HashMap<>();

  StatusBoard(CounterStore counters) {
    super(Topics.STATUS);
    this.counters = counters;
  }

  /** How an application is. */
  public synchronized ApplicationState state(ApplicationRecord application, Plan plan) {
    return StateRules.of(application, plan, component -> live(plan, component));
  }

  /** Whether any instance still has a component of the application. */
  public synchronized boolean anyLive(String application) {
    long now = System.nanoTime();
    return statuses.getOrDefault(application, Map.of()).values().stream()
        .flatMap(instances -> instances.values().stream())
        .anyMatch(instance -> instance.isLive(now));
  }

  /** Whether any instance has a component of a dropped application that has not let go yet. */
  public synchronized boolean anyHeld(String application) {
    long now = System.nanoTime();
    return statuses.getOrDefault(application, Map.of()).values().stream()
        .flatMap(instances -> instances.values().stream())
        .anyMatch(instance -> instance.isLive(now) && !instance.latest().getReleased());
  }

  /** Whether an instance says that nothing is kept for a component any more. */
  public synchronized boolean isReleased(String application, String component) {
    return live(application, component).stream().anyMatch(i -> i.latest().getReleased());
  }

  /** Whether some instance reports the component, and all that do say that it has stopped. */
  public synchronized boolean hasStopped(String application, String component) {
    List<InstanceStatus> live = live(application, component);
    return !live.isEmpty() && live.stream().allMatch(i -> i.is(ComponentState.STOPPED));
  }

  /**
   * Whether the component has had nothing to process for a while.
   *
   * @param since only what it said after this counts; as of {@link System#nanoTime}
   */
  public synchronized boolean hasNothingLeft(String application, String component, long since) {
    List<InstanceStatus> live = live(application, component);
    return !live.isEmpty() && live.stream().allMatch(i -> i.hasNothingLeft(since));
  }

  /** Forgets a dropped application. */
  public synchronized void forget(String application) {
    statuses.remove(application);
    counters.forget(application);
  }

  /** One component as the REST interface shows it. */
  synchronized ComponentView view(
      ApplicationRecord application, Plan plan, io.millrace.schemas.control.Component component) {
    return ComponentView.of(
        application,
        component,
        live(plan, component),
        counters.total(plan.getApplication(), component.getName()));
  }

  /** Keys of statuses whose instance has been silent for long: nobody will withdraw them. */
  synchronized List<String> abandoned() {
    long now = System.nanoTime();
    List<String> keys = new ArrayList<>();
    statuses.forEach((application, components) ->
        components.forEach((component, instances) ->
            instances.forEach((instance, status) -> {
              if (status.silentSeconds(now) > FORGOTTEN_AFTER_SECONDS) {
                keys.add(application + "/" + component + "/" + instance);
              }
            })));
    return keys;
  }

  @Override
  protected synchronized void onRecord(String key, byte[] value) throws IOException {
    if (value == null) {
      withdraw(key);
      return;
    }
    ComponentStatus status = ComponentStatus.fromByteBuffer(ByteBuffer.wrap(value));
    // Before the end of the topic is reached, records may be old; after it, they are news.
    long age = isCaughtUp() ? 0 : System.currentTimeMillis() - status.getReportedAt();
    statuses
        .computeIfAbsent(status.getApplication(), a -> new HashMap<>())
        .computeIfAbsent(status.getComponent(), c -> new TreeMap<>())
        .computeIfAbsent(status.getInstance(), i -> new InstanceStatus())
        .take(status, System.nanoTime(), age);
    if (!status.getReleased()) {
      counters.count(status);
    }
  }

  private void withdraw(String key) {
    int component = key.indexOf('/');
    int instance = key.lastIndexOf('/');
    if (component < 0 || instance <= component) {
      return;
    }
    Map<String, Map<String, InstanceStatus>> components = statuses.get(key.substring(0, component));
    if (components == null) {
      return;
    }
    String name = key.substring(component + 1, instance);
    Map<String, InstanceStatus> instances = components.get(name);
    if (instances != null) {
      instances.remove(key.substring(instance + 1));
      if (instances.isEmpty()) {
        components.remove(name);
      }
    }
  }

  private List<InstanceStatus> live(Plan plan, io.millrace.schemas.control.Component component) {
    return live(plan.getApplication(), component.getName());
  }

  private List<InstanceStatus> live(String application, String component) {
    long now = System.nanoTime();
    return statuses
        .getOrDefault(application, Map.of())
        .getOrDefault(component, Map.of())
        .values()
        .stream()
        .filter(instance -> instance.isLive(now))
        .toList();
  }
}
