package io.millrace.analytics.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cep.group.GroupDisk;
import io.millrace.loop.StopLoopException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillDirectoryTest {

  @TempDir Path folder;

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsPutThereIsTakenOutOnce() {
    try (SpillDirectory spill = SpillDirectory.of(folder.resolve("one"));
        GroupDisk disk = spill.open();
        GroupDisk other = spill.open()) {
      for (int i = 0; i < 10_000; i++) {
        disk.put(i % 3 - 1, bytes("k" + i), bytes("content " + i));
      }
      assertThat(disk.take(0, bytes("k1"))).isEqualTo(bytes("content 1"));
      assertThat(disk.take(0, bytes("k1"))).isNull();
      assertThat(disk.take(1, bytes("k1"))).isNull();
      assertThat(other.take(0, bytes("k4"))).isNull();
      disk.put(0, bytes("k1"), bytes("again"));
      assertThat(disk.take(0, bytes("k1"))).isEqualTo(bytes("again"));
      List<String> forgotten = new ArrayList<>();
      disk.forget(-1, key -> forgotten.add(new String(key, StandardCharsets.UTF_8)));
      assertThat(forgotten).hasSize(3334).contains("k0", "k9999").doesNotHaveDuplicates();
      assertThat(disk.take(-1, bytes("k3"))).isNull();
      assertThat(disk.take(1, bytes("k2"))).isEqualTo(bytes("content 2"));
    }
    assertThat(folder.resolve("one")).doesNotExist();
  }

  @Test
  void whatWasThereBeforeIsRemoved() throws IOException {
    Path left = folder.resolve("one/7/left");
    Files.createDirectories(left.getParent());
    Files.writeString(left, "from before");
    SpillDirectory.of(folder.resolve("one")).close();
    assertThat(left).doesNotExist();
    SpillDirectory temporary = SpillDirectory.temporary();
    temporary.open().close();
    temporary.close();
  }

  @Test
  void aDiskThatFailsStopsTheQueryWithTheWayOut() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "no directory");
    SpillDirectory spill = SpillDirectory.of(file.resolve("one"));
    assertThatThrownBy(spill::open)
        .isInstanceOf(StopLoopException.class)
        .hasMessageContaining("file/one")
        .hasMessageContaining("set millrace.analytics.state-directory to a larger disk")
        .hasMessageContaining("nothing is lost");
  }
}
