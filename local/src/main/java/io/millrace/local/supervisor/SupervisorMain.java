package io.millrace.local.supervisor;

import io.millrace.local.home.LeftBehind;
import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Ports;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StateFile;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The supervisor of a local stack: SupervisorMain HOME one-jvm|processes. Runs until SIGTERM, then
 * stops everything in order.
 */
public final class SupervisorMain {

  private SupervisorMain() {}

  public static void main(String[] args) throws InterruptedException {
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
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  supervisor.stop();
                  stopped.countDown();
                },
                "stop"));
    supervisor.start();
    stopped.await();
  }
}
