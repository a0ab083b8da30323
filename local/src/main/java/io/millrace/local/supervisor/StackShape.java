package io.millrace.local.supervisor;

import io.millrace.embedded.KafkaMain;
import io.millrace.embedded.KafkaServer;
import io.millrace.embedded.MariaDbServer;
import io.millrace.embedded.PostgresServer;
import io.millrace.embedded.RedisServer;
import io.millrace.local.demo.DemoDatabases;
import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Ports;
import io.millrace.local.home.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts of a stack in one of its two shapes. What the environment names (MILLRACE_KAFKA,
 * MILLRACE_POSTGRES, MILLRACE_REDIS) is used as it is instead of being embedded.
 */
final class StackShape {

  private static final String LOG_CONFIGURATION = "local-logback.xml";

  private static final String DEMO_RATE = "2";

  private final LocalHome home;
  private final Ports ports;
  private final Secrets secrets;
  private final Map<String, String> environment;
  private final boolean processes;

  StackShape(
      LocalHome home,
      Ports ports,
      Secrets secrets,
      Map<String, String> environment,
      boolean processes) {
    this.home = home;
    this.ports = ports;
    this.secrets = secrets;
    this.environment = environment;
    this.processes = processes;
  }

  List<StackPart> parts() {
    List<StackPart> parts = new ArrayList<>();
    parts.add(kafka());
    parts.add(postgres());
    parts.add(redis());
    parts.add(mariaDb());
    for (ServiceDescription service : ServiceDescription.ALL) {
      if (exists(service)) {
        parts.add(processes ? process(service) : context(service));
      }
    }
    int changesPerSecond =
        Integer.parseInt(environment.getOrDefault("MILLRACE_DEMO_RATE", DEMO_RATE));
    if (changesPerSecond > 0) {
      parts.add(
          new TrafficPart(
              "jdbc:mariadb://127.0.0.1:" + ports.of("mariadb") + "/shop",
              secrets.shop(),
              changesPerSecond));
    }
    return parts;
  }

  private static boolean exists(ServiceDescription service) {
    try {
      Class.forName(service.mainClass(), false, StackShape.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private StackPart kafka() {
    String external = environment.get("MILLRACE_KAFKA");
    if (external != null) {
      return new ExternalPart("kafka", external);
    }
    String address = "127.0.0.1:" + ports.of("kafka");
    if (!processes) {
      return new ServerPart<>(
          "kafka",
          address,
          () ->
              KafkaServer.start(
                  home.data("kafka"), ports.of("kafka"), ports.of("kafka-controller")),
          server -> {});
    }
    return new ProcessPart(
        "kafka",
        "server",
        address,
        List.of(),
        JavaCommand.of(
            List.of(
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx384m",
                "-Dlogback.configurationFile=" + LOG_CONFIGURATION,
                "-Dmillrace.log=" + home.logs().resolve("kafka.log")),
            KafkaMain.class.getName(),
            List.of(
                home.data("kafka").toString(),
                Integer.toString(ports.of("kafka")),
                Integer.toString(ports.of("kafka-controller")))),
        Map.of(),
        home,
        part -> awaitPort(part, ports.of("kafka")));
  }

  private static void awaitPort(ProcessPart part, int port) throws InterruptedException {
    ExternalPart probe = new ExternalPart(part.name(), "127.0.0.1:" + port);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (true) {
      try {
        probe.start();
        return;
      } catch (IOException e) {
        if (!part.alive() || System.nanoTime() > end) {
          throw new IllegalStateException(
              part.name() + " does not take connections; see " + part.log(), e);
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private StackPart postgres() {
    String external = environment.get("MILLRACE_POSTGRES");
    if (external != null) {
      return new ExternalPart("postgres", external);
    }
    return new ServerPart<>(
        "postgres",
        "jdbc:postgresql://127.0.0.1:" + ports.of("postgres") + "/millrace",
        () -> PostgresServer.start(home.data("postgres"), ports.of("postgres"), secrets.postgres()),
        server -> DemoDatabases.preparePostgres(server, secrets));
  }

  private StackPart redis() {
    String external = environment.get("MILLRACE_REDIS");
    if (external != null) {
      return new ExternalPart("redis", external);
    }
    return new ServerPart<>(
        "redis",
        "redis://127.0.0.1:" + ports.of("redis"),
        () -> RedisServer.start(home.data("redis"), ports.of("redis")),
        server -> {});
  }

  private StackPart mariaDb() {
    return new ServerPart<>(
        "mariadb",
        "jdbc:mariadb://127.0.0.1:" + ports.of("mariadb") + "/shop",
        () -> MariaDbServer.start(home.data("mariadb"), ports.of("mariadb"), secrets.mariaDb()),
        server -> DemoDatabases.prepareMariaDb(server, secrets));
  }

  private StackPart context(ServiceDescription service) {
    return new ContextPart(service, url(service), new HashMap<>(properties(service)));
  }

  private StackPart process(ServiceDescription service) {
    Map<String, String> properties = properties(service);
    properties.put("logging.config", "classpath:" + LOG_CONFIGURATION);
    List<String> options = new ArrayList<>(service.jvmOptions());
    options.add("-Dmillrace.log=" + home.logs().resolve(service.name() + ".log"));
    return new ProcessPart(
        service.name(),
        "service",
        url(service),
        service.needs(),
        JavaCommand.of(options, service.mainClass(), List.of()),
        // not on the command line, which everybody on the machine can read
        Map.of("SPRING_APPLICATION_JSON", new JsonMapper().writeValueAsString(properties)),
        home,
        part -> Health.await(part.address(), part::alive));
  }

  private String url(ServiceDescription service) {
    return "http://localhost:" + ports.of(service.name());
  }

  /** The settings of a service, the same in both shapes but for shares of the heap. */
  private Map<String, String> properties(ServiceDescription service) {
    Map<String, String> properties = new HashMap<>();
    properties.put(
        "millrace.kafka",
        environment.getOrDefault("MILLRACE_KAFKA", "127.0.0.1:" + ports.of("kafka")));
    properties.put(
        "millrace.redis",
        environment.getOrDefault("MILLRACE_REDIS", "redis://127.0.0.1:" + ports.of("redis")));
    properties.put(
        "millrace.postgres.url",
        environment.getOrDefault(
            "MILLRACE_POSTGRES",
            "jdbc:postgresql://127.0.0.1:" + ports.of("postgres") + "/millrace"));
    properties.put(
        "millrace.postgres.username",
        environment.getOrDefault("MILLRACE_POSTGRES_USERNAME", "millrace"));
    properties.put(
        "millrace.postgres.password",
        environment.getOrDefault("MILLRACE_POSTGRES_PASSWORD", secrets.platform()));
    properties.put(
        "millrace.secret-key", environment.getOrDefault("MILLRACE_SECRET_KEY", secrets.key()));
    properties.put("millrace.admin.password", secrets.administrator());
    for (ServiceDescription other : ServiceDescription.ALL) {
      properties.put("millrace.urls." + other.name(), url(other));
    }
    for (String port : Ports.PREFERRED.keySet()) {
      properties.put("millrace.ports." + port, Integer.toString(ports.of(port)));
    }
    Path plugins = home.root().resolve("services/" + service.name() + "/target/plugins");
    if (Files.isDirectory(plugins)) {
      properties.put("millrace.plugin-path", plugins.toString());
    }
    properties.put("server.address", "127.0.0.1");
    properties.put("millrace.analytics.state-directory", home.data("analytics").toString());
    if (!processes) {
      // The heap is also that of the servers and of the other services.
      properties.put("millrace.analytics.state-memory", "25%");
      properties.put("millrace.analytics.state-memory-total", "35%");
    }
    return properties;
  }
}
