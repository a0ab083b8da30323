package io.millrace.cep.epl;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Compiles in threads of their own, with deep stacks and a bound on the processor's time; on the
 * clock's too, ten times as much, for machines with other things to do. Only two run at once: a
 * text that keeps a thread busy for ever takes one place, and never the caller.
 */
final class CompileThreads {
  private static final long STACK = 64L << 20;
  private static final int CLOCK = 10;
  private static final int LOOK_MILLIS = 100;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Semaphore PLACES = new Semaphore(2, true);

  private CompileThreads() {}

  static EplQuery call(String text, Duration time, Callable<EplQuery> work) throws EplException {
    long deadline = System.nanoTime() + CLOCK * time.toNanos();
    try {
      if (!PLACES.tryAcquire(CLOCK * time.toNanos(), TimeUnit.NANOSECONDS)) {
        throw refused("other EPL is being compiled and does not come to an end; try again later");
      }
      FutureTask<EplQuery> task = new FutureTask<>(work);
      Thread thread =
          new Thread(
              null,
              () -> {
                try {
                  task.run();
                } finally {
                  PLACES.release();
                }
              },
              "epl-compile",
              STACK);
      thread.setDaemon(true);
      thread.setPriority(Thread.MIN_PRIORITY + 1);
      thread.start();
      return await(task, thread, time.toNanos(), deadline);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw refused("the compilation was interrupted");
    } catch (ExecutionException e) {
      throw failed(e.getCause());
    }
  }

  private static EplQuery await(FutureTask<EplQuery> task, Thread thread, long nanos, long deadline)
      throws InterruptedException, ExecutionException, EplException {
    while (true) {
      try {
        return task.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        if (THREADS.getThreadCpuTime(thread.threadId()) > nanos || System.nanoTime() > deadline) {
          throw refused(
              "the text takes more than "
                  + TimeUnit.NANOSECONDS.toSeconds(nanos)
                  + " seconds to compile; make it simpler");
        }
      }
    }
  }

  private static EplException failed(Throwable cause) {
    return switch (cause) {
      case EplException e -> e;
      case StackOverflowError e -> refused("the text is nested too deeply");
      case VirtualMachineError e -> refused("the text is too large to be compiled");
      default -> refused("the text cannot be compiled: " + cause.getMessage());
    };
  }

  private static EplException refused(String message) {
    return new EplException(List.of(new EplDiagnostic(1, 1, 1, message)));
  }
}
