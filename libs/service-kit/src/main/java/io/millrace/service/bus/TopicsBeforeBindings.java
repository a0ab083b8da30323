package io.millrace.service.bus;

import org.springframework.context.SmartLifecycle;

/** Runs before Spring Cloud Stream binds anything, so that it finds its topics. */
final class TopicsBeforeBindings implements SmartLifecycle {

  private final Runnable work;
  private volatile boolean running;

  TopicsBeforeBindings(Runnable work) {
    this.work = work;
  }

  @Override
  public void start() {
    work.run();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
