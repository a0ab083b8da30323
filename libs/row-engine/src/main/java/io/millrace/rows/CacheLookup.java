package io.millrace.rows;

import java.util.ArrayList;
import java.util.List;

/** What a batch wants from one cache: the keys, and a place for each answer. */
public final class CacheLookup {
  private final String cache;
  private final List<Object[]> keys = new ArrayList<>();
  private Object[][] answers;

  CacheLookup(String cache) {
    this.cache = cache;
  }

  /** The cache's name. */
  public String cache() {
    return cache;
  }

  /** How many keys are asked for; a key may be asked for more than once. */
  public int size() {
    return keys.size();
  }

  /** A key: the values of the cache's key columns, in their types and order, none of them null. */
  public Object[] key(int index) {
    return keys.get(index);
  }

  /**
   * Answers a key with the cache's row, laid out as its row type. A key without answer is a miss.
   */
  public void answer(int index, Object[] row) {
    if (answers == null) {
      answers = new Object[keys.size()][];
    }
    answers[index] = row;
  }

  int ask(Object[] key) {
    keys.add(key);
    return keys.size() - 1;
  }

  Object[] answered(int index) {
    return answers == null ? null : answers[index];
  }
}
