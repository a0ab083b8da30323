package io.millrace.gateway.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.millrace.gateway.GatewayError;
import java.time.Duration;
import java.time.Instant;
import org.springframework.stereotype.Component;

/**
 * Slows the guessing of passwords: after five failures in a row for a name from an address, each
 * further one doubles the wait, from one second to five minutes. Kept in memory, a gateway each.
 */
@Component
class LoginThrottle {

  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private record Failures(int count, Instant until) {}

  private final Cache<String, Failures> failures =
      Caffeine.newBuilder().maximumSize(100_000).expireAfterWrite(LONGEST.multipliedBy(2)).build();

  /** Lets an attempt pass, or refuses it with how long to wait. */
  void admit(String name, String address) {
    Failures known = failures.getIfPresent(key(name, address));
    if (known != null && Instant.now().isBefore(known.until())) {
      long seconds = Duration.between(Instant.now(), known.until()).toSeconds() + 1;
      throw GatewayError.TOO_MANY_ATTEMPTS.with(seconds).and("retry_after", seconds);
    }
  }

  void failed(String name, String address) {
    failures
        .asMap()
        .compute(
            key(name, address),
            (_, known) -> {
              int count = known == null ? 1 : known.count() + 1;
              Duration wait =
                  count < FREE
                      ? Duration.ZERO
                      : Duration.ofSeconds(1L << Math.min(count - FREE, 20));
              return new Failures(
                  count, Instant.now().plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
            });
  }

  void succeeded(String name, String address) {
    failures.invalidate(key(name, address));
  }

  private static String key(String name, String address) {
    return address + ' ' + name;
  }
}
