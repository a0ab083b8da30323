package io.millrace.cep;

import io.millrace.cep.group.GroupChanges;
import io.millrace.cep.group.GroupDisk;
import io.millrace.cep.group.GroupOperator;
import io.millrace.cep.operator.Operator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The operators of a task that remember groups beyond windows. What each writes down has a tag: the
 * life of the task in which it began, and its number.
 */
final class TaskGroups {

  private static final int NUMBER_BITS = 16;

  private final List<GroupOperator> operators = new ArrayList<>();

  void add(Operator operator) {
    if (operator instanceof GroupOperator groups) {
      operators.add(groups);
    }
  }

  /** The life of the task in which a tag was given. */
  static long lifeOf(long tag) {
    return tag >> NUMBER_BITS;
  }

  /** Writes down what has changed. Operators that have one tag remember the same. */
  void write(long life, GroupChanges changes) {
    Set<Long> written = new HashSet<>();
    for (int i = 0; i < operators.size(); i++) {
      GroupOperator groups = operators.get(i);
      if (groups.tag() == 0) {
        groups.tag((life << NUMBER_BITS) + i);
      }
      groups.write(written.add(groups.tag()) ? changes : (tag, key, content) -> {});
    }
  }

  /** The tags of those that were ever written down. */
  Set<Long> tags() {
    return operators.stream()
        .map(GroupOperator::tag)
        .filter(tag -> tag != 0)
        .collect(Collectors.toSet());
  }

  /** Hands a group that was written down to those that remember it. */
  void load(long tag, byte[] key, byte[] content) {
    for (GroupOperator groups : operators) {
      if (groups.tag() == tag) {
        groups.load(key, content);
      }
    }
  }

  /**
   * Puts groups on disk so that of each operator's no more than a part stays; whether all could.
   */
  boolean spill(double part, long least, Supplier<GroupDisk> disks) {
    boolean all = true;
    for (GroupOperator groups : operators) {
      all &= groups.spill(Math.max(least, (long) (groups.remembers() * part)), disks);
    }
    return all;
  }

  /** How many groups are on disk. */
  long spilled() {
    return operators.stream().mapToLong(GroupOperator::spilled).sum();
  }

  void close() {
    operators.forEach(GroupOperator::close);
  }

  /** Takes what a task of a part of the same plan remembers, each operator that of another one. */
  void takeOver(TaskGroups part) {
    for (GroupOperator own : operators) {
      part.operators.stream()
          .filter(other -> other.tag() == own.tag())
          .findFirst()
          .ifPresent(other -> {
            own.takeOver(other);
            part.operators.remove(other);
          });
    }
  }
}
