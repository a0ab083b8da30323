package io.millrace.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TaskAssignorTest {

  private static final List<String> TOPICS = List.of("a", "b", "millrace.replays.n.a");
  private static final Cluster CLUSTER = cluster(Map.of("a", 5, "b", 5, "millrace.replays.n.a", 8));

  private final Map<String, TaskAssignor> members = new HashMap<>();

  @Test
  void aTaskIsOnePartitionNumberOfAllTopics() {
    Map<String, Set<Integer>> tasks = rebalance("x", "y");
    assertThat(tasks.values().stream().map(Set::size).sorted()).containsExactly(2, 3);
  }

  @Test
  void tasksStayWhereTheyAreWhenAMemberComesOrGoes() {
    Map<String, Set<Integer>> alone = rebalance("x");
    assertThat(alone.get("x")).hasSize(5);
    Map<String, Set<Integer>> two = rebalance("x", "y");
    Map<String, Set<Integer>> three = rebalance("x", "y", "z");
    assertThat(two.get("x")).containsAll(three.get("x"));
    assertThat(two.get("y")).containsAll(three.get("y"));
    Map<String, Set<Integer>> back = rebalance("x", "z");
    assertThat(back.get("x")).containsAll(three.get("x"));
    assertThat(back.get("z")).containsAll(three.get("z"));
  }

  @Test
  void moreMembersThanTasksLeavesSomeWithNone() {
    Map<String, Set<Integer>> tasks = rebalance("1", "2", "3", "4", "5", "6", "7");
    assertThat(tasks.values().stream().map(Set::size).sorted(Comparator.reverseOrder()))
        .containsExactly(1, 1, 1, 1, 1, 0, 0);
  }

  private Map<String, Set<Integer>> rebalance(String... names) {
    Map<String, Subscription> group = new HashMap<>();
    for (String name : names) {
      TaskAssignor assignor = members.computeIfAbsent(name, n -> new TaskAssignor());
      group.put(name, new Subscription(TOPICS, assignor.subscriptionUserData(Set.copyOf(TOPICS))));
    }
    Map<String, Assignment> assignments =
        new TaskAssignor().assign(CLUSTER, new GroupSubscription(group)).groupAssignment();
    Map<String, Set<Integer>> tasks = new HashMap<>();
    List<TopicPartition> all = new ArrayList<>();
    assignments.forEach((name, assignment) -> {
      members.get(name).onAssignment(assignment, null);
      all.addAll(assignment.partitions());
      Map<String, Set<Integer>> byTopic =
          assignment.partitions().stream()
              .collect(
                  Collectors.groupingBy(
                      TopicPartition::topic,
                      Collectors.mapping(
                          TopicPartition::partition, Collectors.toCollection(TreeSet::new))));
      assertThat(byTopic.get("a")).isEqualTo(byTopic.get("b"));
      tasks.put(name, byTopic.getOrDefault("a", Set.of()));
    });
    assertThat(all).doesNotHaveDuplicates().hasSize(18);
    return tasks;
  }

  private static Cluster cluster(Map<String, Integer> topics) {
    Node node = new Node(1, "localhost", 1);
    List<PartitionInfo> partitions = new ArrayList<>();
    topics.forEach((topic, count) -> {
      for (int p = 0; p < count; p++) {
        partitions.add(new PartitionInfo(topic, p, node, new Node[] {node}, new Node[] {node}));
      }
    });
    return new Cluster("c", List.of(node), partitions, Set.of(), Set.of());
  }
}
