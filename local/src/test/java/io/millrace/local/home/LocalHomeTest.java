package io.millrace.local.home;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalHomeTest {

  @TempDir Path directory;

  private LocalHome home() {
    LocalHome home = new LocalHome(directory, directory.resolve("home"));
    home.create();
    return home;
  }

  @Test
  void secretsAreMadeOnceAndOnlyTheOwnerReadsThem() throws IOException {
    Secrets secrets = Secrets.of(home());
    assertThat(Secrets.of(home())).isEqualTo(secrets);
    assertThat(Files.getPosixFilePermissions(home().file("secrets.properties"))).hasSize(2);
    assertThat(Files.getPosixFilePermissions(home().home())).hasSize(3);
    assertThat(secrets.toString()).doesNotContain(secrets.administrator());
  }

  @Test
  void aTakenPortIsLeftToItsOwnerAndTheNextIsKept() throws IOException {
    Ports first = Ports.choose(home());
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(first.of("redis")));
      Ports second = Ports.choose(home());
      assertThat(second.of("redis")).isNotEqualTo(first.of("redis"));
      assertThat(Ports.of(home()).of("redis")).isEqualTo(second.of("redis"));
    }
  }

  @Test
  void aStateFileOfAnotherProcessIsNotBelieved() {
    StateFile file = new StateFile(home());
    StackState state =
        new StackState(
            "one-jvm",
            ProcessHandle.current().pid(),
            1,
            "http://localhost:8080",
            List.of(
                new StackState.Part(
                    "kafka", "server", StackState.PartState.READY, 1, "address", null, 0)));
    file.write(state);
    assertThat(file.read()).hasValue(state);
    // this test runs, but it is no supervisor
    assertThat(file.readRunning()).isEmpty();
  }
}
