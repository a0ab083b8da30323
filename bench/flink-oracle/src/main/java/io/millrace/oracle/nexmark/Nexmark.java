package io.millrace.oracle.nexmark;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;

/**
 * Writes 1,850 events of Nexmark to standard output as an input of the conformance cases. The
 * default configuration of Beam's generator but for the rate, 10 events a second, so that they span
 * more than one window, and groups of 20 events out of order. Channel and url of bids are those of
 * the port to SQL (queries 21 and 22).
 */
public final class Nexmark {
  private static final int EVENTS = 1850;
  private static final long BASE_TIME = Instant.parse("2015-07-15T00:00:00Z").toEpochMilli();
  private static final long DELAY_MS = 100;
  private static final int GROUP = 20;

  /** Generators of neighbouring seeds begin nearly alike, too much so for so few events. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final int HOT = 100;
  private static final int HOT_AUCTION_RATIO = 2;
  private static final int HOT_SELLER_RATIO = 4;
  private static final int HOT_BIDDER_RATIO = 4;
  private static final int FIRST_CATEGORY = 10;
  private static final int CATEGORIES = 5;
  private static final int PERSON_SIZE = 200;
  private static final int AUCTION_SIZE = 500;
  private static final int BID_SIZE = 100;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);
  private static final String[] FIRST_NAMES =
      "Peter,Paul,Luke,John,Saul,Vicky,Kate,Julie,Sarah,Deiter,Walter".split(",");
  private static final String[] LAST_NAMES =
      "Shultz,Abrams,Spencer,White,Bartels,Walton,Smith,Jones,Noris".split(",");
  private static final String[] STATES = "AZ,CA,ID,OR,WA,WY".split(",");
  private static final String[] CITIES =
      "Phoenix,Los Angeles,San Francisco,Boise,Portland,Bend,Redmond,Seattle,Kent,Cheyenne"
          .split(",");
  private static final String[] CHANNELS = {"Google", "Facebook", "Baidu", "Apple"};

  private Nexmark() {}

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
    out.println(
        "# person (id BIGINT, name STRING, email STRING, card STRING, city STRING, state STRING, ts"
            + " TIMESTAMP(3), extra STRING) time ts lateness 1500");
    out.println(
        "# auction (id BIGINT, item STRING, description STRING, initial_bid BIGINT, reserve BIGINT,"
            + " ts TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra"
            + " STRING) time ts lateness 1500");
    out.println(
        "# bid (auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, ts"
            + " TIMESTAMP(3), extra STRING) time ts lateness 1500");
    for (int number = 0; number < EVENTS; number++) {
      // within a group the events come in another order, with the times that they have
      long event = (long) number / GROUP * GROUP + (long) number * 953 % GROUP;
      Random random = new Random(event * SPREAD);
      long offset = event % Ids.ALL;
      if (offset < Ids.PERSONS) {
        out.println(person(event, random));
      } else if (offset < Ids.PERSONS + Ids.AUCTIONS) {
        out.println(auction(number, event, random));
      } else {
        out.println(bid(event, random));
      }
    }
    out.flush();
  }

  private static long time(long event) {
    return BASE_TIME + event * DELAY_MS;
  }

  private static String text(long time) {
    return TIME.format(Instant.ofEpochMilli(time));
  }

  private static String person(long event, Random random) {
    String name = Words.oneOf(random, FIRST_NAMES) + " " + Words.oneOf(random, LAST_NAMES);
    String email = Words.text(random, 7) + "@" + Words.text(random, 5) + ".com";
    StringBuilder card = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      card.append(i == 0 ? "" : " ").append(String.format("%04d", random.nextInt(10000)));
    }
    String city = Words.oneOf(random, CITIES);
    String state = Words.oneOf(random, STATES);
    int size = 8 + name.length() + email.length() + card.length() + city.length() + state.length();
    return line(
        "person",
        Ids.lastPerson(event) + Ids.FIRST,
        name,
        email,
        card,
        city,
        state,
        text(time(event)),
        Words.filler(random, size, PERSON_SIZE));
  }

  private static String auction(long number, long event, Random random) {
    long seller =
        random.nextInt(HOT_SELLER_RATIO) > 0
            ? Ids.lastPerson(event) / HOT * HOT
            : Ids.somePerson(event, random);
    long category = FIRST_CATEGORY + random.nextInt(CATEGORIES);
    long initialBid = Words.price(random);
    long later = (number / GROUP * GROUP + number * 953L % GROUP) + Ids.eventsOfOpenAuctions();
    long horizon = time(later) - time(event);
    long expires = time(event) + 1 + Words.number(random, Math.max(horizon * 2, 1));
    String item = Words.text(random, 20);
    String description = Words.text(random, 100);
    long reserve = initialBid + Words.price(random);
    int size = 8 + item.length() + description.length() + 8 * 5;
    return line(
        "auction",
        Ids.lastAuction(event) + Ids.FIRST,
        item,
        description,
        initialBid,
        reserve,
        text(time(event)),
        text(expires),
        seller + Ids.FIRST,
        category,
        Words.filler(random, size, AUCTION_SIZE));
  }

  private static String bid(long event, Random random) {
    long auction =
        random.nextInt(HOT_AUCTION_RATIO) > 0
            ? Ids.lastAuction(event) / HOT * HOT
            : Ids.someAuction(event, random);
    long bidder =
        random.nextInt(HOT_BIDDER_RATIO) > 0
            ? Ids.lastPerson(event) / HOT * HOT + 1
            : Ids.somePerson(event, random);
    long price = Words.price(random);
    String channel;
    String url;
    if (random.nextInt(2) > 0) {
      int hot = random.nextInt(CHANNELS.length);
      channel = CHANNELS[hot];
      url = url(new Random(hot));
    } else {
      int other = random.nextInt(10_000);
      channel = "channel-" + other;
      url = url(random);
      if (random.nextInt(10) > 0) {
        url = url + "&channel_id=" + Math.abs(Integer.reverse(other));
      }
    }
    return line(
        "bid",
        auction + Ids.FIRST,
        bidder + Ids.FIRST,
        price,
        channel,
        url,
        text(time(event)),
        Words.filler(random, 8 * 4, BID_SIZE));
  }

  private static String url(Random random) {
    return "https://www.nexmark.com/"
        + Words.text(random, 5, '_')
        + '/'
        + Words.text(random, 5, '_')
        + '/'
        + Words.text(random, 5, '_')
        + "/item.htm?query=1";
  }

  private static String line(Object... fields) {
    StringBuilder line = new StringBuilder();
    for (Object field : fields) {
      String text = field.toString();
      boolean quote = text.isEmpty() || text.indexOf(',') >= 0 || text.indexOf('"') >= 0;
      line.append(line.isEmpty() ? "" : ",")
          .append(quote ? '"' + text.replace("\"", "\"\"") + '"' : text);
    }
    return line.toString();
  }
}
