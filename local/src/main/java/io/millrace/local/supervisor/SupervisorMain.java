package io.millrace.local.supervisor;

import io.millrace.local.home.LeftBehind;
import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Ports;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StateFile;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The supervisor of a local stack: SupervisorMain HOME one-jvm|processes. Runs until SIGTERM, then
 * stops everything in order.
 */
public final class SupervisorMain {

  private SupervisorMain() {}

  public static void main(String[] args) throws InterruptedException, IOException {
    LocalHome home = LocalHome.current();
    home.create();
    Secrets secrets = Secrets.of(home);
    LeftBehind.stop(home);
    Ports ports = Ports.choose(home);
    StackShape shape =
        new StackShape(
            home, ports, secrets, Map.copyOf(System.getenv()), args[1].equals("processes"));
    Supervisor supervisor =
        new Supervisor(
            args[1], "http://localhost:" + ports.of("gateway"), new StateFile(home), shape.parts());
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  supervisor.stop();
                  // all is stopped in order; hooks of the libraries may wait for each other
                  Runtime.getRuntime().halt(0);
                },
                "stop"));
    LeftBehind.write(home, "supervisor", ProcessHandle.current().pid());
    supervisor.start();
    new CountDownLatch(1).await();
  }
}
