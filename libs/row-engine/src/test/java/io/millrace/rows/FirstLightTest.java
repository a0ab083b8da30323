package io.millrace.rows;

import static io.millrace.rows.Expressions.eval;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstLightTest {
  @Test
  void arithmetic() {
    assertThat(eval("i + 1", "i", 41)).isEqualTo(42);
    assertThat(eval("i + 1")).isNull();
    assertThat(eval("i + 1", "i", Integer.MAX_VALUE)).isInstanceOf(RowError.class);
    assertThat(eval("CASE WHEN i > 3 THEN 'many' ELSE 'few' END", "i", 4)).isEqualTo("many");
    assertThat(eval("upper(s) || s1", "s", "abc")).isEqualTo("ABCseven");
    assertThat(eval("i in (1,2,3,4,5,6,7)", "i", 5)).isEqualTo(true);
  }
}
