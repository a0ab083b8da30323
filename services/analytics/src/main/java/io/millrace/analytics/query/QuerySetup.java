package io.millrace.analytics.query;

import io.millrace.analytics.state.SavedInput;
import io.millrace.analytics.state.StateLocation;
import io.millrace.analytics.state.StateTopics;
import io.millrace.cep.StatefulQuery;
import io.millrace.cep.StatefulTask;
import io.millrace.cep.group.GroupDisk;
import io.millrace.host.Surroundings;
import io.millrace.host.query.QueryPlan;
import io.millrace.loop.LoopConfig;
import io.millrace.loop.LoopInput;
import io.millrace.rows.time.InputTime;
import io.millrace.schemas.bus.Topics;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.event.SchemaStore;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the tasks of one query share.
 *
 * @param resultLag by how much the time of a result may lie behind {@link
 *     StatefulTask#resultWatermark}, microseconds; -1 if it is not known
 * @param account counts what they remember
 * @param disks opens a disk for what the heap has no room for
 */
record QuerySetup(
    QueryPlan plan,
    StatefulQuery query,
    LoopConfig loop,
    SchemaStore schemas,
    Settings settings,
    StateLocation location,
    long resultLag,
    QueryMeter meter,
    StateAccount account,
    Supplier<GroupDisk> disks) {

  /**
   * Puts it together.
   *
   * @throws IllegalArgumentException if an input does not keep its events for as long as the query
   *     looks back
   */
  static QuerySetup of(
      QueryPlan plan,
      StatefulQuery query,
      Surroundings surroundings,
      Settings settings,
      StateBudget budget,
      Supplier<GroupDisk> disks) {
    if (!query.saves()) {
      plan.inputs().forEach(input -> checkRetention(input, query.horizonMicros() / 1000));
    }
    LoopConfig loop = plan.loop(surroundings).withTick(settings.tick());
    List<String> topics = loop.inputs().stream().map(LoopInput::topic).toList();
    StateLocation location =
        new StateLocation(
            loop.client(),
            loop.group(),
            new StateTopics(
                loop.client(), plan.application(), plan.component(), topics, query.keepsGroups()),
            loop.inputs().stream().map(LoopInput::stream).toList(),
            plan.inputs().stream()
                .map(input -> new SavedInput(input.getTopic(), input.getRowSchema()))
                .toList(),
            Topics.replays(plan.application()),
            fingerprint(plan, query),
            query.saves() ? -1 : query.horizonMicros(),
            query.keepsGroups(),
            loop.delivery() == LoopConfig.Delivery.EXACTLY_ONCE);
    return new QuerySetup(
        plan,
        query,
        loop,
        surroundings.schemas(),
        settings,
        location,
        query.resultLag(QueryPlan.timeColumn(plan.output())),
        new QueryMeter(),
        budget.open(plan.application(), ownLimit(plan)),
        disks);
  }

  /** What the application says that its queries may remember. */
  private static Long ownLimit(QueryPlan plan) {
    String bytes = plan.options().get("state_memory_bytes");
    return bytes == null ? null : Long.valueOf(bytes);
  }

  private static void checkRetention(StreamDefinition input, long horizonMillis) {
    long kept = input.getRetentionMillis();
    if (kept >= 0 && kept < horizonMillis) {
      throw new IllegalArgumentException(
          ("the query looks back over %s, and stream %s keeps its events for %s, so that its state"
                  + " could not be rebuilt; give %s a longer retention")
              .formatted(
                  Duration.ofMillis(horizonMillis),
                  input.getName(),
                  Duration.ofMillis(kept),
                  input.getName()));
    }
  }

  StatefulTask task(Results results) {
    Map<String, InputTime> times = new HashMap<>();
    for (StreamDefinition input : plan.inputs()) {
      times.put(
          input.getName(),
          new InputTime(
              input.getAllowedLatenessMillis() * 1000,
              QueryPlan.timeColumn(input),
              plan.channels().getOrDefault(input.getName(), List.of())));
    }
    return query.task(times, plan.idleMillis(settings.idle().toMillis()) * 1000, results);
  }

  /**
   * Of queries with equal ones a task goes on where another has stopped, entry by entry. It changes
   * with the query and with what it reads; for queries that save also with how their inputs are
   * spread and what their time follows from. It does not change with other options, or with what
   * becomes of the output.
   */
  private static long fingerprint(QueryPlan plan, StatefulQuery query) {
    StringBuilder text = new StringBuilder(plan.sql());
    for (StreamDefinition input : plan.inputs()) {
      text.append('\0').append(input.getName()).append('\0').append(input.getRowSchema());
      if (query.saves()) {
        text.append('\0')
            .append(input.getTimestampColumn())
            .append(' ')
            .append(input.getAllowedLatenessMillis())
            .append(plan.channels().getOrDefault(input.getName(), List.of()));
      }
    }
    text.append(query.signatures());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      long fingerprint = 0;
      for (int i = 0; i < Long.BYTES; i++) {
        fingerprint = fingerprint << 8 | (hash[i] & 0xFF);
      }
      return fingerprint;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
