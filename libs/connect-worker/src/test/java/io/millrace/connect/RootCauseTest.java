package io.millrace.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connector.ConnectorException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A person reads the sentence that says what is wrong, not the frames around it. */
class RootCauseTest {

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void theInnermostMessageCounts() {
    Throwable failure =
        new RuntimeException("the task failed", new IllegalStateException("disk\nis full"));
    assertThat(RootCause.sentence(failure)).isEqualTo("disk\nis full");
    assertThat(RootCause.sentence(trace(failure))).isEqualTo("disk is full");
  }

  @Test
  void aConnectorsOwnWordsCountMore() {
    Throwable failure =
        new RuntimeException(
            "outer",
            new ConnectorException("SLOT_LOST", "the slot is gone", new RuntimeException("42704")));
    assertThat(RootCause.sentence(failure)).isEqualTo("the slot is gone");
    assertThat(RootCause.sentence(trace(failure))).isEqualTo("the slot is gone");
  }

  @Test
  void withoutMessageTheNameHasToDo() {
    assertThat(RootCause.sentence(trace(new NullPointerException())))
        .isEqualTo("NullPointerException");
  }
}
