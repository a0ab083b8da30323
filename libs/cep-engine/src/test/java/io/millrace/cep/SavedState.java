package io.millrace.cep;

import io.millrace.cep.group.GroupChanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Where tasks of a test save what they remember: the last state, and a log of their groups. */
public final class SavedState implements GroupChanges {

  private final List<Change> log = new ArrayList<>();
  private final Set<Long> tags = new HashSet<>();
  private long lives;
  private byte[] state;

  private record Change(long tag, byte[] key, byte[] content) {
    boolean replaces(Change earlier) {
      return tag == earlier.tag && Arrays.equals(key, earlier.key);
    }
  }

  /** What a task saves that has remembered nothing of groups before. */
  public static SavedState of(StatefulTask task) {
    SavedState saved = new SavedState();
    saved.save(task);
    return saved;
  }

  /** Saves the task that was saved or restored here last. */
  public void save(StatefulTask task) {
    state = task.save(++lives, this);
  }

  public byte[] state() {
    return state;
  }

  /** How many changes of groups were written. */
  public int changes() {
    return log.size();
  }

  @Override
  public void changed(long tag, byte[] key, byte[] content) {
    tags.add(tag);
    log.add(new Change(tag, key, content));
  }

  /** Leaves out some of what was replaced later, as a broker does. */
  public void compact(Random random) {
    List<Change> kept = new ArrayList<>();
    for (int i = 0; i < log.size(); i++) {
      Change change = log.get(i);
      boolean replaced = log.subList(i + 1, log.size()).stream().anyMatch(c -> c.replaces(change));
      if (!replaced || random.nextBoolean()) {
        kept.add(change);
      }
    }
    log.clear();
    log.addAll(kept);
  }

  /** Brings a new task of the same query to where the last one was. */
  public void restore(StatefulTask task) {
    task.restore(state);
    load(task);
  }

  /** Gives a task all groups; what it does not know is left out. */
  public void load(StatefulTask task) {
    log.forEach(change -> task.load(change.tag(), change.key(), change.content()));
  }
}
