import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * Card transactions at the cash machines of eight banks, 40 a second, of which four in a hundred
 * are declined. In each hour three things happen:
 *
 * <ul>
 *   <li>from minute 12 to 20 the model "Kestrel 5" declines 30 in a hundred: a bad update
 *   <li>from minute 30 to 36 the region "north-west" declines 28 in a hundred: a network fault
 *   <li>from minute 5 to 35 the bank "Harbour" goes from 4 to 16 in a hundred, too slowly for an
 *       alert
 * </ul>
 *
 * <p>{@code java Generate.java DIRECTORY} writes transactions as time passes, until it is ended;
 * {@code java Generate.java DIRECTORY SECONDS} writes so many seconds at once, from 2026-01-05
 * 08:00 on, the same each time.
 */
final class Generate {

  private static final int RATE = 40;
  private static final double USUAL = 0.04;
  private static final String[] BANKS = {
    "Harbour", "Meridian", "Northern", "Orchard", "Pioneer", "Quay", "Riverside", "Summit"
  };
  private static final String[] MODELS = {
    "Heron 1",
    "Heron 2",
    "Heron 3",
    "Kestrel 3",
    "Kestrel 4",
    "Kestrel 5",
    "Osprey A",
    "Osprey B",
    "Osprey C",
    "Swift"
  };
  private static final String[] REGIONS = {
    "north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"
  };

  private final Random random = new Random(20260105);

  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    boolean live = args.length < 2;
    Instant start =
        live
            ? Instant.now().truncatedTo(ChronoUnit.SECONDS)
            : Instant.parse("2026-01-05T08:00:00Z");
    Path file = directory.resolve("transactions.csv");
    boolean begins = !Files.exists(file) || !live;
    Generate generate = new Generate();
    try (BufferedWriter out =
        live
            ? Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
            : Files.newBufferedWriter(file)) {
      if (begins) {
        out.write("ts,atm,bank,model,region,amount,approved,reason\n");
      }
      for (int second = 0; live || second < Integer.parseInt(args[1]); second++) {
        Instant now = start.plusSeconds(second);
        generate.second(out, now, second);
        if (live) {
          out.flush();
          Thread.sleep(Math.max(0, now.plusSeconds(1).toEpochMilli() - System.currentTimeMillis()));
        }
      }
    }
  }

  private void second(BufferedWriter out, Instant start, int second) throws IOException {
    for (int i = 0; i < RATE; i++) {
      // A cash machine stands in one region, is of one model and belongs to one bank.
      int atm = random.nextInt(6400);
      String bank = BANKS[atm % 8];
      String region = REGIONS[atm / 8 % 8];
      String model = MODELS[atm / 64 % 10];
      boolean approved = random.nextDouble() >= declines(second % 3600 / 60.0, bank, model, region);
      out.write(
          "%s,atm-%04d,%s,%s,%s,%d.00,%b,%s\n"
              .formatted(
                  start.plusMillis(i * 1000L / RATE),
                  atm,
                  bank,
                  model,
                  region,
                  10 * (1 + random.nextInt(40)),
                  approved,
                  approved ? "" : random.nextInt(3) == 0 ? "do not honour" : "no funds"));
    }
  }

  /** The share of transactions that are declined. */
  private static double declines(double minute, String bank, String model, String region) {
    if (minute >= 12 && minute < 20 && model.equals("Kestrel 5")) {
      return 0.30;
    }
    if (minute >= 30 && minute < 36 && region.equals("north-west")) {
      return 0.28;
    }
    if (minute >= 5 && minute < 35 && bank.equals("Harbour")) {
      return USUAL + 0.12 * (minute - 5) / 30;
    }
    return USUAL;
  }
}
