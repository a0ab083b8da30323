package io.millrace.oracle.peer;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.catalog.ResolvedSchema;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;

/**
 * Runs queries with Flink SQL in this process: parallelism 1, checkpoints each second, exactly once
 * into Kafka. Arguments: the broker, and hashmap or rocksdb. Lines: {@code topic e|topic f or
 * empty|output topic|sql}.
 */
public final class FlinkPeer {
  private static final String STREAM =
      "CREATE TEMPORARY TABLE %s (k INT NOT NULL, id BIGINT NOT NULL, amount DOUBLE NOT NULL,"
          + " kind STRING NOT NULL, ts TIMESTAMP(3) NOT NULL,"
          + " WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH ('connector' = 'kafka',"
          + " 'topic' = '%s', 'properties.bootstrap.servers' = '%s',"
          + " 'scan.startup.mode' = 'earliest-offset', 'scan.bounded.mode' = 'latest-offset',"
          + " 'format' = 'avro')";
  private static final String OUTPUT =
      "CREATE TEMPORARY TABLE output (%s) WITH ('connector' = 'kafka', 'topic' = '%s',"
          + " 'properties.bootstrap.servers' = '%s', 'sink.delivery-guarantee' = 'exactly-once',"
          + " 'sink.transactional-id-prefix' = '%s', 'properties.transaction.timeout.ms' ="
          + " '600000', 'properties.compression.type' = 'lz4', 'format' = 'avro')";

  private FlinkPeer() {}

  public static void main(String[] args) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    System.out.println("ready");
    String line;
    while ((line = in.readLine()) != null) {
      String[] words = line.split("\\|", -1);
      run(args[0], args[1], words);
      System.out.println("done");
    }
    System.exit(0);
  }

  private static void run(String broker, String backend, String[] words) throws Exception {
    Configuration configuration = new Configuration();
    configuration.setString("state.backend.type", backend);
    configuration.setString("execution.checkpointing.interval", "1s");
    configuration.setString("execution.checkpointing.incremental", "true");
    configuration.setString(
        "execution.checkpointing.dir", Files.createTempDirectory("flink").toUri().toString());
    configuration.setString("taskmanager.memory.managed.size", "512m");
    configuration.setString("pipeline.object-reuse", "true");
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.executeSql(STREAM.formatted("e", words[0], broker));
    if (!words[1].isEmpty()) {
      tables.executeSql(STREAM.formatted("f", words[1], broker));
    }
    ResolvedSchema schema = tables.sqlQuery(words[3]).getResolvedSchema();
    String columns =
        schema.getColumns().stream()
            .map(c -> "`" + c.getName() + "` " + type(c.getDataType().getLogicalType()))
            .collect(Collectors.joining(", "));
    tables.executeSql(OUTPUT.formatted(columns, words[2], broker, words[2]));
    tables.executeSql("INSERT INTO output " + words[3]).await();
  }

  private static String type(LogicalType type) {
    return type.is(LogicalTypeRoot.TIMESTAMP_WITHOUT_TIME_ZONE)
        ? "TIMESTAMP(3)" + (type.isNullable() ? "" : " NOT NULL")
        : type.asSerializableString();
  }
}
