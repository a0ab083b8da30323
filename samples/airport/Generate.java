import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;

/**
 * Where 4,600 passengers and 400 employees of an airport are, each second: on four floors of 100 by
 * 60 metres, each with four public zones and one that is prohibited (x above 90). In each two
 * minutes:
 *
 * <ul>
 *   <li>from second 30 to 60, 20 of the 25 employees of the zone gates-2b are called away
 *   <li>at second 20 passenger-01234 goes into the prohibited zone of floor 2, at second 70
 *       passenger-03000 into that of floor 0
 * </ul>
 *
 * <p>{@code java Generate.java DIRECTORY} writes positions as time passes, until it is ended;
 * {@code java Generate.java DIRECTORY SECONDS} writes so many seconds at once, from 2026-01-05
 * 08:00 on, the same each time.
 */
final class Generate {

  private static final int PASSENGERS = 4600;
  private static final int EMPLOYEES = 400;
  private static final int PEOPLE = PASSENGERS + EMPLOYEES;
  private static final int CYCLE = 120;

  /** Employees of the zone at x 45 to 90, y 0 to 30 of floor 2. */
  private static final int CALLED_AWAY_ZONE = 2 * 4 + 1;

  private final Random random = new Random(4);
  private final double[] x = new double[PEOPLE];
  private final double[] y = new double[PEOPLE];
  private final double[] toX = new double[PEOPLE];
  private final double[] toY = new double[PEOPLE];

  public static void main(String[] args) throws Exception {
    Path directory = Files.createDirectories(Path.of(args[0]));
    boolean live = args.length < 2;
    Instant start =
        live
            ? Instant.now().truncatedTo(ChronoUnit.SECONDS)
            : Instant.parse("2026-01-05T08:00:00Z");
    Path file = directory.resolve("positions.csv");
    Generate generate = new Generate();
    try (BufferedWriter out =
        live
            ? Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
            : Files.newBufferedWriter(file)) {
      for (int second = 0; live || second < Integer.parseInt(args[1]); second++) {
        Instant now = start.plusSeconds(second);
        generate.move(second % CYCLE);
        generate.write(out, now, second % CYCLE);
        if (live) {
          out.flush();
          Thread.sleep(Math.max(0, now.plusSeconds(1).toEpochMilli() - System.currentTimeMillis()));
        }
      }
    }
  }

  Generate() {
    for (int i = 0; i < PEOPLE; i++) {
      aim(i);
      x[i] = toX[i];
      y[i] = toY[i];
      aim(i);
    }
  }

  /** Passengers go anywhere but beyond x = 90; employees stay in their zone. */
  private void aim(int person) {
    if (person < PASSENGERS) {
      toX[person] = 0.5 + random.nextInt(8900) / 100.0;
      toY[person] = 0.5 + random.nextInt(5900) / 100.0;
    } else {
      int zone = zone(person);
      toX[person] = 1 + zone % 2 * 45 + random.nextInt(4200) / 100.0;
      toY[person] = 1 + zone / 2 % 2 * 30 + random.nextInt(2700) / 100.0;
    }
  }

  /** Sixteen zones, four a floor: 45 by 30 metres each. */
  private static int zone(int employee) {
    return (employee - PASSENGERS) % 16;
  }

  private static int floor(int person) {
    return person < PASSENGERS ? person % 4 : zone(person) / 4;
  }

  private void move(int second) {
    intrude(1234, second, 20);
    intrude(3000, second, 70);
    for (int i = 0; i < PEOPLE; i++) {
      double east = toX[i] - x[i];
      double north = toY[i] - y[i];
      double distance = Math.hypot(east, north);
      double step = 1 + i % 7 / 10.0;
      if (distance <= step) {
        x[i] = toX[i];
        y[i] = toY[i];
        aim(i);
      } else {
        x[i] += east / distance * step;
        y[i] += north / distance * step;
      }
    }
  }

  private void intrude(int person, int second, int at) {
    if (second == at) {
      x[person] = 88;
      y[person] = 30;
      toX[person] = 98;
      toY[person] = 30;
    } else if (second == at + 8) {
      toX[person] = 80;
    }
  }

  private void write(BufferedWriter out, Instant now, int second) throws IOException {
    long millis = now.toEpochMilli();
    for (int i = 0; i < PEOPLE; i++) {
      boolean passenger = i < PASSENGERS;
      boolean away =
          !passenger
              && zone(i) == CALLED_AWAY_ZONE
              && (i - PASSENGERS) / 16 < 20
              && second >= 30
              && second < 60;
      out.append(Instant.ofEpochMilli(millis + i / 5).toString())
          .append(passenger ? ",passenger-" : ",employee-")
          .append(String.valueOf(100_000 + i), 1, 6)
          .append(passenger ? ",passenger," : ",employee,")
          .append((char) ('0' + floor(i)))
          .append(',')
          .append(number(away ? 95 : x[i]))
          .append(',')
          .append(number(y[i]))
          .append('\n');
    }
  }

  private static String number(double value) {
    return String.valueOf(Math.round(value * 100) / 100.0);
  }
}
