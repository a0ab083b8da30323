import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * Two hundred glucose meters that report every five seconds, each at its own moment, sometimes up
 * to two seconds late. In each ten minutes:
 *
 * <ul>
 *   <li>meter-017 falls silent at 2:00 for good (until 9:00), meter-042 at 4:00 for forty seconds,
 *       meter-113 at 6:30 for twenty-five seconds
 *   <li>meter-058 reports errors from 3:00 to 3:30, meter-171 from 7:00 to 7:20, others a single
 *       error now and then
 *   <li>meter-099 measures less than 54 mg/dl from 5:00 to 5:30
 * </ul>
 *
 * <p>{@code java Generate.java DIRECTORY} writes readings as time passes, until it is ended; {@code
 * java Generate.java DIRECTORY SECONDS} writes so many seconds at once, from 2026-01-05 08:00 on,
 * the same each time.
 */
final class Generate {

  private static final int METERS = 200;
  private static final int EVERY = 5;
  private static final int CYCLE = 600;

  private final Random random = new Random(5);
  private final double[] glucose = new double[METERS];

  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    boolean live = args.length < 2;
    Instant start =
        live
            ? Instant.now().truncatedTo(ChronoUnit.SECONDS)
            : Instant.parse("2026-01-05T08:00:00Z");
    Path file = directory.resolve("readings.jsonl");
    Generate generate = new Generate();
    try (BufferedWriter out =
        live
            ? Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
            : Files.newBufferedWriter(file)) {
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

  Generate() {
    for (int i = 0; i < METERS; i++) {
      glucose[i] = 90 + random.nextInt(60);
    }
  }

  private void second(BufferedWriter out, Instant start, int second) throws IOException {
    int inCycle = second % CYCLE;
    for (int i = second % EVERY; i < METERS; i += EVERY) {
      glucose[i] = Math.clamp(glucose[i] + random.nextGaussian(), 75, 240);
      boolean single = random.nextInt(4000) == 0;
      int spread = random.nextInt(1000);
      if (isSilent(i, inCycle)) {
        continue;
      }
      boolean error = single || fails(i, inCycle);
      double value = i == 99 && inCycle >= 300 && inCycle < 330 ? 48 : glucose[i];
      out.write(
          "{\"ts\":\"%s\",\"meter\":\"meter-%03d\",\"status\":\"%s\",\"code\":%s,\"glucose\":%s}\n"
              .formatted(
                  start.plusMillis(spread * i / METERS),
                  i,
                  error ? "ERROR" : "OK",
                  error ? "\"E" + (1 + i % 7) + "\"" : "null",
                  error ? "null" : "%.1f".formatted(value)));
    }
  }

  private static boolean isSilent(int meter, int second) {
    return (meter == 17 && second >= 120 && second < 540)
        || (meter == 42 && second >= 240 && second < 280)
        || (meter == 113 && second >= 390 && second < 415);
  }

  private static boolean fails(int meter, int second) {
    return (meter == 58 && second >= 180 && second < 210)
        || (meter == 171 && second >= 420 && second < 440);
  }
}
