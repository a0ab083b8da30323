package io.millrace.connector.file.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileOffsetTest {

  /** In another order the next JVM does not find its positions and reads the files again. */
  @Test
  void theKeyOfAPositionIsWrittenInOneOrder() {
    assertThat(FileOffset.partition(1, 2).keySet()).containsExactly("file", "slot");
  }
}
