package io.millrace.cep.aggregate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * 64 well mixed bits of a value, the same in every process. The mixing is that of SplitMix64: G. L.
 * Steele, D. Lea and C. H. Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014.
 */
final class Hash64 {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Hash64() {}

  static long of(Object value) {
    return switch (value) {
      case null -> 0;
      case Integer v -> mix(v);
      case Long v -> mix(v);
      case Double v -> mix(Double.doubleToLongBits(v == 0 ? 0.0 : v));
      case Float v -> mix(Float.floatToIntBits(v == 0 ? 0.0f : v));
      case Boolean v -> mix(v ? 1 : 2);
      case String v -> text(v);
      case BigDecimal v -> decimal(v.signum() == 0 ? BigDecimal.ZERO : v.stripTrailingZeros());
      case byte[] v -> bytes(v);
      case Object[] v -> list(v);
      case List<?> v -> list(v.toArray());
      case Map<?, ?> v -> map(v);
      default -> throw new IllegalArgumentException("no column holds a " + value.getClass());
    };
  }

  private static long mix(long value) {
    long z = value + GOLDEN;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static long join(long hash, long next) {
    return (Long.rotateLeft(hash, 23) ^ next) * GOLDEN;
  }

  private static long text(String value) {
    long hash = value.length();
    for (int i = 0; i < value.length(); i++) {
      hash = join(hash, value.charAt(i));
    }
    return mix(hash);
  }

  private static long bytes(byte[] value) {
    long hash = value.length;
    for (byte b : value) {
      hash = join(hash, b);
    }
    return mix(hash);
  }

  private static long decimal(BigDecimal value) {
    return mix(join(value.scale(), bytes(value.unscaledValue().toByteArray())));
  }

  private static long list(Object[] values) {
    long hash = values.length;
    for (Object value : values) {
      hash = join(hash, of(value));
    }
    return mix(hash);
  }

  private static long map(Map<?, ?> value) {
    long hash = value.size();
    for (Map.Entry<?, ?> entry : value.entrySet()) {
      hash += mix(join(of(entry.getKey()), of(entry.getValue())));
    }
    return mix(hash);
  }
}
