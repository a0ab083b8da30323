package io.millrace.local.supervisor;

import io.millrace.embedded.EmbeddedServer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An embedded server: PostgreSQL, MariaDB or Redis as a child, or Kafka in this process. */
final class ServerPart<S extends EmbeddedServer> implements StackPart {

  private final String name;
  private final String address;
  private final Supplier<S> starter;
  private final Consumer<S> prepare;
  private volatile S server;

  /**
   * @param prepare what is done each time it has started: roles, databases
   */
  ServerPart(String name, String address, Supplier<S> starter, Consumer<S> prepare) {
    this.name = name;
    this.address = address;
    this.starter = starter;
    this.prepare = prepare;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return "server";
  }

  @Override
  public void start() {
    server = starter.get();
    prepare.accept(server);
  }

  @Override
  public boolean alive() {
    S current = server;
    return current != null && current.alive();
  }

  @Override
  public void stop() {
    S current = server;
    server = null;
    if (current != null) {
      current.close();
    }
  }

  @Override
  public long pid() {
    S current = server;
    return current == null || !current.alive() ? 0 : current.pid();
  }

  @Override
  public String address() {
    return address;
  }
}
