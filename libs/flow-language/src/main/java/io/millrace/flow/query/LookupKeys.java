package io.millrace.flow.query;

import io.millrace.flow.diagnostic.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.ImmutableBitSet;

/** Finds the values of a cache's key columns in a join's condition. */
final class LookupKeys {

  private final RexBuilder rex;
  private final CacheTable cache;
  private final RelDataType row;
  private final int offset;
  private final int[] key;

  /**
   * @param row the cache's row
   * @param offset where the cache's columns begin in the joined row
   */
  LookupKeys(RexBuilder rex, CacheTable cache, RelDataType row, int offset) {
    this.rex = rex;
    this.cache = cache;
    this.row = row;
    this.offset = offset;
    this.key =
        cache.key().stream().mapToInt(k -> cache.columns().indexOf(k).orElseThrow()).toArray();
  }

  Step.Lookup lookup(List<RexNode> conjuncts, boolean outer) {
    RexNode[] values = new RexNode[key.length];
    List<RexNode> rest = new ArrayList<>();
    for (RexNode conjunct : conjuncts) {
      if (!takeEquality(conjunct, values)) {
        rest.add(conjunct);
      }
    }
    if (Arrays.asList(values).contains(null)) {
      throw new UnsupportedQueryException(Code.CACHE_KEY, incompleteKey(values), cache.name());
    }
    return new Step.Lookup(
        cache.name(),
        outer,
        List.of(values),
        RexUtil.composeConjunction(rex, rest, true),
        row.getFieldCount());
  }

  private boolean takeEquality(RexNode conjunct, RexNode[] values) {
    if (conjunct.getKind() != SqlKind.EQUALS) {
      return false;
    }
    List<RexNode> sides = ((RexCall) conjunct).getOperands();
    return takeEquality(sides.get(0), sides.get(1), values)
        || takeEquality(sides.get(1), sides.get(0), values);
  }

  private boolean takeEquality(RexNode column, RexNode value, RexNode[] values) {
    RexNode bare = withoutCast(column);
    if (!(bare instanceof RexInputRef ref) || !readsOnlyTheStream(value)) {
      return false;
    }
    for (int i = 0; i < key.length; i++) {
      if (ref.getIndex() == offset + key[i] && values[i] == null) {
        RelDataTypeField field = row.getFieldList().get(key[i]);
        values[i] = ofKeyType(withoutWideningCast(value, field.getType()), field);
        return true;
      }
    }
    return false;
  }

  private boolean readsOnlyTheStream(RexNode value) {
    ImmutableBitSet bits = RelOptUtil.InputFinder.bits(value);
    return bits.length() <= offset;
  }

  private static RexNode withoutCast(RexNode node) {
    return node.getKind() == SqlKind.CAST
        ? withoutCast(((RexCall) node).getOperands().get(0))
        : node;
  }

  /**
   * Both sides were cast to what holds both; where the key's own type holds the value, it need not
   * be.
   */
  private static RexNode withoutWideningCast(RexNode value, RelDataType keyType) {
    if (value.getKind() == SqlKind.CAST) {
      RexNode inner = ((RexCall) value).getOperands().get(0);
      if (holds(keyType, inner.getType()) && holds(value.getType(), inner.getType())) {
        return inner;
      }
    }
    return value;
  }

  private RexNode ofKeyType(RexNode value, RelDataTypeField field) {
    RelDataType wanted = field.getType();
    RelDataType given = value.getType();
    if (!holds(wanted, given)) {
      throw new UnsupportedQueryException(
          Code.CACHE_KEY,
          "key column "
              + field.getName()
              + " of cache "
              + cache.name()
              + " is "
              + wanted.getSqlTypeName()
              + " and is compared with "
              + given.getSqlTypeName()
              + ", which it cannot hold; cast the stream's side to "
              + wanted.getSqlTypeName()
              + ", or declare the key as "
              + given.getSqlTypeName(),
          cache.name());
    }
    return wanted.getSqlTypeName() == given.getSqlTypeName()
            && wanted.getPrecision() == given.getPrecision()
            && wanted.getScale() == given.getScale()
        ? value
        : rex.makeCast(
            rex.getTypeFactory().createTypeWithNullability(wanted, given.isNullable()), value);
  }

  /** Whether every value of the given type is one of the wanted type. */
  private static boolean holds(RelDataType wanted, RelDataType given) {
    SqlTypeName to = wanted.getSqlTypeName();
    SqlTypeName from = given.getSqlTypeName();
    if (SqlTypeUtil.isCharacter(wanted)) {
      return SqlTypeUtil.isCharacter(given);
    }
    if (SqlTypeUtil.isBinary(wanted)) {
      return SqlTypeUtil.isBinary(given);
    }
    return switch (to) {
      case BIGINT -> from == SqlTypeName.BIGINT || from == SqlTypeName.INTEGER;
      case DECIMAL -> SqlTypeUtil.isExactNumeric(given) && fits(wanted, given);
      case DOUBLE ->
          from == SqlTypeName.DOUBLE || from == SqlTypeName.REAL || from == SqlTypeName.INTEGER;
      default -> to == from;
    };
  }

  private static boolean fits(RelDataType wanted, RelDataType given) {
    int scale = Math.max(0, given.getScale());
    return wanted.getScale() >= scale
        && wanted.getPrecision() - wanted.getScale() >= given.getPrecision() - scale;
  }

  private String incompleteKey(RexNode[] values) {
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < key.length; i++) {
      if (values[i] == null) {
        missing.add(cache.key().get(i));
      }
    }
    return "cache "
        + cache.name()
        + " has to be joined on equality with its whole key ("
        + String.join(", ", cache.key())
        + "); the condition gives no value for "
        + String.join(", ", missing);
  }
}
