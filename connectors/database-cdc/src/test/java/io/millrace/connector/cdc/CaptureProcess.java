package io.millrace.connector.cdc;

import io.millrace.connect.ConnectWorker;
import io.millrace.connect.ConnectorReconciler;
import io.millrace.connect.PlanConnectors;
import io.millrace.connect.WorkerSettings;
import io.millrace.connector.ConnectorProvider;
import io.millrace.schemas.control.Plan;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

/** A worker in a process of its own, which can be killed in the middle of anything. */
final class CaptureProcess implements AutoCloseable {

  private final Process process;

  private CaptureProcess(Process process) {
    this.process = process;
  }

  static CaptureProcess start(String bootstrapServers, Plan plan) {
    try {
      ByteBuffer buffer = plan.toByteBuffer();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx512m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  CaptureProcess.class.getName(),
                  bootstrapServers,
                  Base64.getEncoder().encodeToString(bytes))
              .redirectErrorStream(true)
              .redirectOutput(
                  ProcessBuilder.Redirect.appendTo(new File("target/capture-process.log")))
              .start();
      return new CaptureProcess(process);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** As {@code kill -9} does. */
  void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the process does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    kill();
  }

  public static void main(String[] args) throws Exception {
    Map<String, String> kafka = Map.of("bootstrap.servers", args[0]);
    Plan plan = Plan.fromByteBuffer(ByteBuffer.wrap(Base64.getDecoder().decode(args[1])));
    ConnectWorker worker =
        ConnectWorker.start(
            new WorkerSettings(
                plan.getApplication(),
                kafka,
                "127.0.0.1",
                0,
                true,
                Path.of("target", "plugins").toAbsolutePath().toString(),
                c -> c,
                Map.of(
                    "scheduled.rebalance.max.delay.ms", "0",
                    "session.timeout.ms", "6000",
                    "heartbeat.interval.ms", "500")));
    List<ConnectorProvider> providers =
        ServiceLoader.load(ConnectorProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    ConnectorReconciler reconciler =
        new ConnectorReconciler(worker, new PlanConnectors("ingestion", providers, kafka));
    reconciler.plans(List.of(plan));
    Thread.currentThread().join();
  }
}
