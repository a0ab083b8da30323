package io.millrace.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.flow.functions.FunctionReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/functions.md} says what is in the registry. To write it: -Dmillrace.docs.update=true
 */
class FunctionReferenceTest {

  private static final Path REFERENCE = Path.of("..", "..", "docs", "functions.md");

  @Test
  void theReferenceIsUpToDate() throws IOException {
    String markdown = FunctionReference.markdown();
    if (Boolean.getBoolean("millrace.docs.update")) {
      Files.createDirectories(REFERENCE.getParent());
      Files.writeString(REFERENCE, markdown);
    }
    assertThat(REFERENCE)
        .as("run FunctionReferenceTest with -Dmillrace.docs.update=true")
        .hasContent(markdown);
  }
}
