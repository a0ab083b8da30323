package io.millrace.embedded;

import java.nio.file.Path;

/** A broker as a process of its own: KafkaMain DIRECTORY PORT CONTROLLER-PORT. Stops on SIGTERM. */
public final class KafkaMain {

  private KafkaMain() {}

  public static void main(String[] args) {
    KafkaServer server =
        KafkaServer.start(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "stop"));
  }
}
