package io.millrace.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;

/**
 * Writes the expected results of the cases in a folder. Arguments: the folder, then parts of the
 * names of cases that are to be run (none: all). Lines come sorted unless the order says something,
 * which it does when a query updates what it gave.
 */
final class Oracle {
  private Oracle() {}

  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    List<Path> files = files(folder, List.of(args).subList(1, args.length));
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.PORT, 0);
    configuration.set(RestOptions.BIND_PORT, "0");
    configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(64));
    configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(64));
    MiniClusterConfiguration cluster =
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(1)
            .setNumSlotsPerTaskManager(4)
            .build();
    Map<String, Inputs> inputs = new HashMap<>();
    int failed = 0;
    try (MiniCluster mini = new MiniCluster(cluster)) {
      mini.start();
      FlinkRun flink = new FlinkRun(mini.getRestAddress().get().getPort());
      for (Path file : files) {
        Case query = Case.read(file);
        Inputs input = inputs.computeIfAbsent(query.input(), name -> input(folder, name));
        try {
          List<String> lines = new ArrayList<>(flink.run(query, input));
          if (!Files.readString(file).contains("-- updates")) {
            Collections.sort(lines.subList(1, lines.size()));
          }
          Files.writeString(query.expected(), String.join("\n", lines) + "\n");
          System.out.println(folder.relativize(file) + ": " + (lines.size() - 1) + " rows");
        } catch (Exception e) {
          failed++;
          System.out.println(folder.relativize(file) + ": FAILED " + reason(e));
        }
      }
    }
    System.exit(failed == 0 ? 0 : 1);
  }

  private static Inputs input(Path folder, String name) {
    try {
      return Inputs.read(folder.resolve("inputs").resolve(name + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder, List<String> parts) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(".sql"))
          .filter(file -> !file.toString().endsWith(".flink.sql"))
          .filter(file -> parts.isEmpty() || parts.stream().anyMatch(file.toString()::contains))
          .sorted()
          .toList();
    }
  }

  private static String reason(Throwable e) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      text.append(cause.getClass().getSimpleName())
          .append(": ")
          .append(cause.getMessage())
          .append(" | ");
    }
    return text.substring(0, Math.min(1500, text.length())).replace('\n', ' ');
  }
}
