package io.millrace.cep.group;

import io.millrace.cep.aggregate.Accumulator;
import io.millrace.cep.aggregate.AccumulatorFactory;
import io.millrace.cep.aggregate.Aggregates;
import io.millrace.cep.heap.HeapSize;
import io.millrace.cep.state.StateReader;
import io.millrace.flow.stateful.Aggregation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;

/** Which columns make the key of a row, and what is computed for each key. Immutable. */
public final class Grouping {

  private final int[] columns;
  private final boolean arrays;
  private final boolean plainKeys;
  private final AccumulatorFactory[] factories;

  /** Which results take more heap with what is added. */
  private final int[] growing;

  /** What every group takes of the heap, beside the key's values and what grows. */
  private final long heap;

  private Grouping(
      int[] columns, boolean arrays, boolean plainKeys, AccumulatorFactory[] factories) {
    this.columns = columns;
    this.arrays = arrays;
    this.plainKeys = plainKeys;
    this.factories = factories;
    this.growing = IntStream.range(0, factories.length).filter(i -> factories[i].grows()).toArray();
    this.heap =
        Group.HEAP
            + HeapSize.array(columns.length)
            + HeapSize.array(factories.length)
            + Arrays.stream(factories)
                .filter(factory -> !factory.grows())
                .mapToLong(factory -> factory.create().heap())
                .sum();
  }

  /**
   * Reads it off a node.
   *
   * @param input the columns of its input
   */
  public static Grouping of(RelDataType input, List<Integer> keys, List<Aggregation> calls) {
    return new Grouping(
        keys.stream().mapToInt(Integer::intValue).toArray(),
        keys.stream().anyMatch(key -> isArray(input, key)),
        keys.stream()
            .filter(key -> key < input.getFieldCount())
            .allMatch(key -> isPlain(input.getFieldList().get(key).getType())),
        calls.stream().map(Aggregates::factory).toArray(AccumulatorFactory[]::new));
  }

  /** Whether values are Java arrays, which know nothing of equality. */
  private static boolean isArray(RelDataType input, int key) {
    if (key >= input.getFieldCount()) {
      return false; // a column of the window
    }
    RelDataType type = input.getFieldList().get(key).getType();
    return type.isStruct()
        || switch (type.getSqlTypeName()) {
          case BINARY, VARBINARY, ROW -> true;
          default -> false;
        };
  }

  /** Whether equal values are equal when written down: maps and lists may not be. */
  private static boolean isPlain(RelDataType type) {
    if (type.isStruct()) {
      return type.getFieldList().stream().allMatch(field -> isPlain(field.getType()));
    }
    return switch (type.getSqlTypeName()) {
      case MAP, ARRAY, MULTISET -> false;
      default -> true;
    };
  }

  /** Whether equal keys are the same bytes when written down, and others are not. */
  boolean hasPlainKeys() {
    return plainKeys;
  }

  /** How many columns the key has. */
  public int keys() {
    return columns.length;
  }

  /** How many results each group has. */
  public int results() {
    return factories.length;
  }

  /** A new group for the key of a row, without the row. */
  public Group create(Object[] row) {
    Object[] key = new Object[columns.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = row[columns[i]];
    }
    return create(key, hash(row));
  }

  /** The same as one that can leave its table. */
  KeptGroup kept(Object[] row, int hash) {
    Object[] key = new Object[columns.length];
    for (int i = 0; i < key.length; i++) {
      key[i] = row[columns[i]];
    }
    return new KeptGroup(key, hash, accumulators());
  }

  /** Adds a row to the group of its key; returns how many bytes of heap more it takes then. */
  public long add(Group group, Object[] row) {
    if (growing.length == 0) {
      group.add(row);
      return 0;
    }
    long before = group.heap(growing);
    group.add(row);
    return group.heap(growing) - before;
  }

  /**
   * Adds what another group has, as if it had come later; returns how many bytes of heap more the
   * first takes then.
   */
  public long merge(Group group, Group later) {
    long before = group.heap(growing);
    group.merge(later);
    return group.heap(growing) - before;
  }

  /** How many bytes of heap a group takes, about. */
  public long heap(Group group) {
    long bytes = heap + group.heap(growing);
    for (Object value : group.key) {
      bytes += HeapSize.of(value);
    }
    return bytes;
  }

  Group empty(Group other) {
    return create(other.key, other.hash);
  }

  private Group create(Object[] key, int hash) {
    return new Group(key, hash, accumulators());
  }

  private Accumulator[] accumulators() {
    Accumulator[] accumulators = new Accumulator[factories.length];
    for (int i = 0; i < accumulators.length; i++) {
      accumulators[i] = factories[i].create();
    }
    return accumulators;
  }

  /** A group that was saved. */
  public Group restore(StateReader in) {
    Object[] key = in.readValues();
    Group group = create(key, hashOfKey(key));
    group.restore(in);
    return group;
  }

  /** A new group of a key that was saved, as one that can leave its table. */
  KeptGroup keptOf(StateReader savedKey) {
    Object[] key = savedKey.readValues();
    return new KeptGroup(key, hashOfKey(key), accumulators());
  }

  private int hashOfKey(Object[] key) {
    int hash = 0;
    for (Object value : key) {
      hash = 31 * hash + hash(value);
    }
    return mix(hash);
  }

  int hash(Object[] row) {
    int hash = 0;
    for (int column : columns) {
      hash = 31 * hash + hash(row[column]);
    }
    return mix(hash);
  }

  private static int mix(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 15);
  }

  private int hash(Object value) {
    if (value == null) {
      return 0;
    }
    if (arrays) {
      if (value instanceof byte[] bytes) {
        return Arrays.hashCode(bytes);
      }
      if (value instanceof Object[] row) {
        return Arrays.deepHashCode(row);
      }
    }
    return value.hashCode();
  }

  boolean matches(Group group, Object[] row) {
    for (int i = 0; i < columns.length; i++) {
      if (!same(group.key[i], row[columns[i]])) {
        return false;
      }
    }
    return true;
  }

  boolean matches(Group group, Group other) {
    for (int i = 0; i < columns.length; i++) {
      if (!same(group.key[i], other.key[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean same(Object a, Object b) {
    return arrays ? Objects.deepEquals(a, b) : Objects.equals(a, b);
  }
}
