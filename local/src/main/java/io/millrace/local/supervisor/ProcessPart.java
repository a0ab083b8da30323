package io.millrace.local.supervisor;

import io.millrace.local.home.LeftBehind;
import io.millrace.local.home.LocalHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A broker or service as a child process, with a pid file and a log of its own. */
final class ProcessPart implements StackPart {

  private static final long GRACE_SECONDS = 20;

  private final String name;
  private final String kind;
  private final String address;
  private final List<String> needs;
  private final List<String> command;
  private final Map<String, String> environment;
  private final LocalHome home;
  private final Readiness readiness;
  private volatile Process process;

  /** Waits until a process that has just been started is ready. */
  @FunctionalInterface
  interface Readiness {
    void await(ProcessPart part) throws Exception;
  }

  ProcessPart(
      String name,
      String kind,
      String address,
      List<String> needs,
      List<String> command,
      Map<String, String> environment,
      LocalHome home,
      Readiness readiness) {
    this.name = name;
    this.kind = kind;
    this.address = address;
    this.needs = needs;
    this.command = command;
    this.environment = environment;
    this.home = home;
    this.readiness = readiness;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public List<String> needs() {
    return needs;
  }

  @Override
  public void start() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(home.files().toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(home.logs().resolve(name + ".out").toFile()));
    builder.environment().putAll(environment);
    Process started = builder.start();
    process = started;
    started.getOutputStream().close();
    LeftBehind.write(home, name, started.pid());
    readiness.await(this);
  }

  @Override
  public boolean alive() {
    Process current = process;
    return current != null && current.isAlive();
  }

  @Override
  public void stop() {
    Process current = process;
    process = null;
    if (current == null) {
      return;
    }
    current.destroy();
    try {
      if (!current.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
        current.destroyForcibly().waitFor();
      }
      Files.deleteIfExists(LeftBehind.file(home, name));
    } catch (InterruptedException e) {
      current.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new IllegalStateException("cannot delete the pid file of " + name, e);
    }
  }

  @Override
  public long pid() {
    Process current = process;
    return current == null || !current.isAlive() ? 0 : current.pid();
  }

  @Override
  public String address() {
    return address;
  }

  /** Its log, for messages. */
  Path log() {
    return home.logs().resolve(name + ".log");
  }
}
