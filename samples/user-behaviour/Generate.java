import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Writes what forty people do in an hour, the same every time, as JSON lines.
 *
 * <p>{@code java Generate.java DIRECTORY [usual]}: with {@code usual} nobody does anything unusual
 * (for training); without, three people do, and the file {@code planted.csv} beside the directory
 * says who and when.
 */
class Generate {

  private static final int USERS = 40;
  private static final int MINUTES = 60;
  private static final long START = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();
  private static final String[] SYSTEMS = {"mail", "files", "wiki", "payroll", "build"};
  private static final String[] COUNTRIES = {"AT", "FR", "KE", "JP"};

  private record Action(
      long at, String user, String action, String system, String country, long bytes, boolean ok) {
    String json() {
      return "{\"at\":\"%s\",\"user_name\":\"%s\",\"action\":\"%s\",\"system\":\"%s\",\"country\":\"%s\",\"bytes\":%d,\"ok\":%s}"
          .formatted(Instant.ofEpochMilli(at), user, action, system, country, bytes, ok);
    }
  }

  public static void main(String[] arguments) throws IOException {
    boolean usual = arguments.length > 1 && arguments[1].equals("usual");
    Path directory = Files.createDirectories(Path.of(arguments[0]));
    Random random = new Random(usual ? 1 : 2);
    List<Action> actions = new ArrayList<>();
    List<String> planted = new ArrayList<>();
    for (int user = 0; user < USERS; user++) {
      for (int minute = 0; minute < MINUTES; minute++) {
        ordinary(actions, random, user, minute);
      }
    }
    if (!usual) {
      guess(actions, planted, random, 7, 12);
      travel(actions, planted, random, 19, 25);
      takeAway(actions, planted, random, 33, 41);
      Files.write(directory.resolveSibling("planted.csv"), planted);
    }
    actions.sort(Comparator.comparingLong(Action::at));
    // Written under another name first: who follows the directory sees the whole file or none.
    Path file = directory.resolve((usual ? "usual" : "live") + ".tmp");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (Action action : actions) {
        out.write(action.json());
        out.newLine();
      }
      // The hour after, so that the last minute ends.
      out.write(
          new Action(START + 70 * 60_000L, "clock", "tick", "mail", "AT", 0, true).json());
      out.newLine();
    }
    Files.move(file, directory.resolve((usual ? "usual" : "live") + ".jsonl"));
    System.out.println(actions.size() + " actions in " + directory);
  }

  private static String name(int user) {
    return "user-%02d".formatted(user);
  }

  private static long within(Random random, int minute) {
    return START + minute * 60_000L + random.nextInt(60_000);
  }

  private static void ordinary(List<Action> actions, Random random, int user, int minute) {
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      actions.add(
          new Action(
              within(random, minute),
              name(user),
              random.nextBoolean() ? "read" : "write",
              SYSTEMS[(user + random.nextInt(2)) % SYSTEMS.length],
              COUNTRIES[user % COUNTRIES.length],
              (long) Math.exp(6 + random.nextGaussian()),
              random.nextInt(20) != 0));
    }
  }

  /** Somebody guesses passwords. */
  private static void guess(
      List<Action> actions, List<String> planted, Random random, int user, int minute) {
    for (int i = 0; i < 40; i++) {
      actions.add(
          new Action(
              within(random, minute),
              name(user),
              "login",
              "payroll",
              COUNTRIES[user % COUNTRIES.length],
              0,
              false));
    }
    planted.add(name(user) + "," + Instant.ofEpochMilli(START + minute * 60_000L));
  }

  /** An account is used in three countries within a minute. */
  private static void travel(
      List<Action> actions, List<String> planted, Random random, int user, int minute) {
    for (String country : COUNTRIES) {
      actions.add(
          new Action(within(random, minute), name(user), "read", "files", country, 400, true));
    }
    planted.add(name(user) + "," + Instant.ofEpochMilli(START + minute * 60_000L));
  }

  /** Somebody copies everything. */
  private static void takeAway(
      List<Action> actions, List<String> planted, Random random, int user, int minute) {
    for (int i = 0; i < 30; i++) {
      actions.add(
          new Action(
              within(random, minute),
              name(user),
              "read",
              SYSTEMS[i % SYSTEMS.length],
              COUNTRIES[user % COUNTRIES.length],
              20_000_000,
              true));
    }
    planted.add(name(user) + "," + Instant.ofEpochMilli(START + minute * 60_000L));
  }
}
