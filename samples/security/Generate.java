import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The logs of a VPN gateway, a firewall, a router and of hosts: some eighty lines a second of
 * everyday traffic. In each ten minutes:
 *
 * <ul>
 *   <li>at 1:00 mallory, who came in by the VPN 40 s before, scans 10.0.9.11 from 10.8.0.66; that
 *       host scans 10.0.9.12, connects outside and downloads 700 MB, all within 25 s: an incident
 *   <li>at 2:30 the scanner 10.0.9.200 of the operators scans ten hosts, and nothing follows
 *   <li>at 4:00 10.0.9.31 is scanned from inside, scans 10.0.9.32, connects outside and downloads 5
 *       MB: an incident
 *   <li>at 5:30 10.0.9.41 does the same, but in 60 s
 *   <li>at 7:00 10.0.9.51 is scanned, scans and downloads, but has connected outside before
 * </ul>
 *
 * <p>{@code java Generate.java DIRECTORY} writes logs as time passes, until it is ended; {@code
 * java Generate.java DIRECTORY SECONDS} writes so many seconds at once, from 2026-01-05 08:00 on,
 * the same each time.
 */
final class Generate implements AutoCloseable {

  private static final int CYCLE = 600;
  private static final int[] PORTS = {22, 53, 80, 123, 443, 445, 993, 3306, 5432, 8080};

  /** A line of a log, some milliseconds after the second begins. */
  private record Line(int log, int millis, String fields) {}

  private static final int VPN = 0;
  private static final int FIREWALL = 1;
  private static final int ROUTER = 2;
  private static final int HOST = 3;
  private static final String[] LOGS = {"vpn", "firewall", "router", "hosts"};

  private final Random random = new Random(30);
  private final List<BufferedWriter> logs = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();

  public static void main(String[] args) throws Exception {
    boolean live = args.length < 2;
    Instant start =
        live
            ? Instant.now().truncatedTo(ChronoUnit.SECONDS)
            : Instant.parse("2026-01-05T08:00:00Z");
    try (Generate generate = new Generate(Files.createDirectories(Path.of(args[0])), live)) {
      for (int second = 0; live || second < Integer.parseInt(args[1]); second++) {
        Instant now = start.plusSeconds(second);
        generate.second(now, second % CYCLE);
        if (live) {
          for (BufferedWriter log : generate.logs) {
            log.flush();
          }
          Thread.sleep(Math.max(0, now.plusSeconds(1).toEpochMilli() - System.currentTimeMillis()));
        }
      }
    }
  }

  Generate(Path directory, boolean live) throws IOException {
    for (String log : LOGS) {
      Path file = directory.resolve(log + ".jsonl");
      logs.add(
          live
              ? Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
              : Files.newBufferedWriter(file));
    }
  }

  private void second(Instant start, int second) throws IOException {
    everyday(second);
    incident(second, 60, 8, 18, 25, "10.8.0.66", "10.0.9.11", "10.0.9.12", 700_000_000L);
    incident(second, 240, 7, 15, 21, "10.0.9.30", "10.0.9.31", "10.0.9.32", 5_000_000L);
    incident(second, 330, 20, 40, 60, "10.0.9.40", "10.0.9.41", "10.0.9.42", 300_000_000L);
    incident(second, 420, 8, -5, 20, "10.0.9.50", "10.0.9.51", "10.0.9.52", 300_000_000L);
    if (second == 20) {
      vpn(500, "mallory", "10.8.0.66");
    }
    for (int host = 0; host < 10; host++) {
      scan(second, 150 + host, "10.0.9.200", "10.0.9.%d".formatted(201 + host));
    }
    lines.sort((a, b) -> Integer.compare(a.millis, b.millis));
    for (Line line : lines) {
      logs.get(line.log)
          .write("{\"ts\":\"%s\",%s}\n".formatted(start.plusMillis(line.millis), line.fields));
    }
    lines.clear();
  }

  /** A scan at a second of the cycle, and what follows it after so many seconds. */
  private void incident(
      int second,
      int at,
      int scans,
      int outside,
      int download,
      String entry,
      String host,
      String next,
      long bytes) {
    scan(second, at, entry, host);
    scan(second, at + scans, host, next);
    if (second == at + outside) {
      router(400, host, "203.0.113.77", true, 4_000);
    }
    if (second == at + download) {
      host(600, host, "download", "payload-%d.bin".formatted(at), bytes);
    }
  }

  /** Sixty ports in three seconds. */
  private void scan(int second, int at, String source, String target) {
    int part = second - at;
    if (part < 0 || part > 2) {
      return;
    }
    for (int i = 0; i < 20; i++) {
      firewall(i * 50, source, target, 1000 + part * 20 + i, "deny");
    }
  }

  private void everyday(int second) {
    for (int i = 0; i < 40; i++) {
      boolean denied = random.nextInt(5) == 0;
      firewall(
          random.nextInt(1000),
          anyHost(),
          anyHost(),
          PORTS[random.nextInt(PORTS.length)],
          denied ? "deny" : "allow");
    }
    for (int i = 0; i < 30; i++) {
      boolean outside = random.nextInt(3) == 0;
      router(
          random.nextInt(1000),
          anyHost(),
          outside ? "198.51.100." + random.nextInt(256) : anyHost(),
          outside,
          random.nextInt(100_000));
    }
    for (int i = 0; i < 10; i++) {
      boolean download = random.nextInt(3) == 0;
      host(
          random.nextInt(1000),
          anyHost(),
          download ? "download" : "login",
          download ? "file-" + random.nextInt(10_000) : "",
          download ? random.nextInt(50_000_000) : 0);
    }
    if (second % 10 == 0) {
      vpn(random.nextInt(1000), "user-" + random.nextInt(60), "10.8.0." + random.nextInt(60));
    }
  }

  private String anyHost() {
    return "10.0." + (1 + random.nextInt(4)) + "." + (1 + random.nextInt(50));
  }

  private void vpn(int millis, String user, String address) {
    add(VPN, millis, "\"user_name\":\"%s\",\"address\":\"%s\"".formatted(user, address));
  }

  private void firewall(int millis, String source, String target, int port, String action) {
    add(
        FIREWALL,
        millis,
        "\"source\":\"%s\",\"target\":\"%s\",\"port\":%d,\"action\":\"%s\""
            .formatted(source, target, port, action));
  }

  private void router(int millis, String source, String target, boolean outside, long bytes) {
    add(
        ROUTER,
        millis,
        "\"source\":\"%s\",\"target\":\"%s\",\"outside\":%b,\"bytes\":%d"
            .formatted(source, target, outside, bytes));
  }

  private void host(int millis, String address, String event, String file, long bytes) {
    add(
        HOST,
        millis,
        "\"address\":\"%s\",\"event\":\"%s\",\"file\":\"%s\",\"bytes\":%d"
            .formatted(address, event, file, bytes));
  }

  private void add(int log, int millis, String fields) {
    lines.add(new Line(log, millis, fields));
  }

  @Override
  public void close() throws IOException {
    for (BufferedWriter log : logs) {
      log.close();
    }
  }
}
