package io.millrace.local.supervisor;

import io.millrace.local.home.StackState;
import io.millrace.local.home.StateFile;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all parts of a stack and writes their state. */
final class Supervisor {

  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);

  private final String shape;
  private final String url;
  private final StateFile stateFile;
  private final List<PartKeeper> keepers;
  private final long startedAt = System.currentTimeMillis();
  private boolean stopped;

  Supervisor(String shape, String url, StateFile stateFile, List<StackPart> parts) {
    this.shape = shape;
    this.url = url;
    this.stateFile = stateFile;
    this.keepers =
        parts.stream()
            .map(part -> new PartKeeper(part, () -> ready(part.needs()), this::writeState))
            .toList();
  }

  void start() {
    writeState();
    keepers.forEach(PartKeeper::begin);
  }

  private boolean ready(List<String> needs) {
    return keepers.stream()
        .filter(keeper -> needs.contains(keeper.name()))
        .allMatch(PartKeeper::ready);
  }

  private synchronized void writeState() {
    if (!stopped && keepers != null) {
      stateFile.write(
          new StackState(
              shape,
              ProcessHandle.current().pid(),
              startedAt,
              url,
              keepers.stream().map(PartKeeper::state).toList()));
    }
  }

  /** Stops services first, servers after them. */
  void stop() {
    LOG.info("stopping");
    stop("demo");
    stop("service");
    stop("server");
    synchronized (this) {
      stopped = true;
      stateFile.delete();
    }
    LOG.info("stopped");
  }

  private void stop(String kind) {
    List<PartKeeper> some =
        keepers.stream().filter(keeper -> keeper.state().kind().equals(kind)).toList();
    CountDownLatch done = new CountDownLatch(some.size());
    for (PartKeeper keeper : some) {
      Thread.ofPlatform()
          .start(() -> {
            keeper.stop();
            done.countDown();
          });
    }
    try {
      done.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
