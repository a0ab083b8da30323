package io.millrace.loop;

import io.millrace.schemas.bus.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Assigns tasks: one partition number of all topics goes to one member, evenly, and stays with the
 * member that had it where that is even. Public because Kafka's consumer creates it by its class.
 */
public final class TaskAssignor implements ConsumerPartitionAssignor {

  private static final String REPLAYS = Topics.replays("");

  private Set<Integer> held = Set.of();

  @Override
  public String name() {
    return "millrace-tasks";
  }

  @Override
  public ByteBuffer subscriptionUserData(Set<String> topics) {
    ByteBuffer data = ByteBuffer.allocate(Integer.BYTES * held.size());
    held.forEach(data::putInt);
    return data.flip();
  }

  @Override
  public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
    Set<Integer> tasks = new TreeSet<>();
    assignment.partitions().forEach(p -> tasks.add(p.partition()));
    held = tasks;
  }

  @Override
  public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
    Map<String, Subscription> members = new TreeMap<>(groupSubscription.groupSubscription());
    Set<String> topics = new TreeSet<>();
    members.values().forEach(s -> topics.addAll(s.topics()));
    int tasks = 0;
    Map<String, Integer> partitions = new TreeMap<>();
    for (String topic : topics) {
      Integer count = metadata.partitionCountForTopic(topic);
      if (count != null) {
        partitions.put(topic, count);
        if (!topic.startsWith(REPLAYS)) {
          tasks = Math.max(tasks, count);
        }
      }
    }
    // Replays follow the tasks; they are none of their own, or members could be left with those.
    int all = tasks == 0 ? 1 : tasks;
    Map<Integer, String> owners = owners(members, all);
    Map<String, List<TopicPartition>> assigned = new HashMap<>();
    members.keySet().forEach(member -> assigned.put(member, new ArrayList<>()));
    partitions.forEach((topic, count) -> {
      for (int p = 0; p < count; p++) {
        String owner = owners.get(p % all);
        if (!members.get(owner).topics().contains(topic)) {
          owner = anyReader(members, topic);
        }
        assigned.get(owner).add(new TopicPartition(topic, p));
      }
    });
    Map<String, Assignment> result = new HashMap<>();
    assigned.forEach((member, list) -> result.put(member, new Assignment(list)));
    return new GroupAssignment(result);
  }

  private static Map<Integer, String> owners(Map<String, Subscription> members, int tasks) {
    int most = (tasks + members.size() - 1) / members.size();
    int full = tasks % members.size() == 0 ? members.size() : tasks % members.size();
    Map<Integer, String> owners = new HashMap<>();
    Map<String, Integer> load = new TreeMap<>();
    members.keySet().forEach(member -> load.put(member, 0));
    Set<Integer> free = new TreeSet<>();
    for (int task = 0; task < tasks; task++) {
      free.add(task);
    }
    for (Map.Entry<String, Subscription> member : members.entrySet()) {
      for (int task : held(member.getValue())) {
        int has = load.get(member.getKey());
        boolean room = has < most - 1 || (has == most - 1 && full > 0);
        if (room && free.remove(task)) {
          owners.put(task, member.getKey());
          load.put(member.getKey(), has + 1);
          if (has + 1 == most) {
            full--;
          }
        }
      }
    }
    for (int task : free) {
      String least =
          load.entrySet().stream()
              .min(
                  Map.Entry.<String, Integer>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())))
              .orElseThrow()
              .getKey();
      owners.put(task, least);
      load.merge(least, 1, Integer::sum);
    }
    return owners;
  }

  private static Set<Integer> held(Subscription subscription) {
    Set<Integer> tasks = new HashSet<>();
    ByteBuffer data = subscription.userData();
    if (data != null) {
      ByteBuffer reading = data.duplicate();
      while (reading.remaining() >= Integer.BYTES) {
        tasks.add(reading.getInt());
      }
    }
    return new TreeSet<>(tasks);
  }

  private static String anyReader(Map<String, Subscription> members, String topic) {
    return members.entrySet().stream()
        .filter(m -> m.getValue().topics().contains(topic))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow();
  }
}
