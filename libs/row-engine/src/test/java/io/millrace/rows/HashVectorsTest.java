package io.millrace.rows;

import static io.millrace.rows.Expressions.eval;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The blocks of XXH64 that short examples do not reach. */
class HashVectorsTest {

  @Test
  void longTexts() {
    // The example of the python-xxhash documentation.
    assertThat(eval("XXHASH64(s)", "s", "Nobody inspects the spammish repetition"))
        .isEqualTo(0xfbcea83c8a378bf1L);
  }
}
