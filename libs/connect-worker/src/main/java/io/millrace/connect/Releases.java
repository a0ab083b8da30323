package io.millrace.connect;

import io.millrace.connector.ConnectorProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets go of what components that are gone for good keep outside of Kafka. It is tried some times
 * with back-off; then what stays behind is left to a person, for a database that is gone must not
 * hold up a drop for ever. One thread releases, any may ask.
 */
final class Releases {

  private static final Logger LOG = LoggerFactory.getLogger(Releases.class);
  private static final int ATTEMPTS = 4;

  private final UnaryOperator<Map<String, String>> secrets;
  private final BackOff backOff = new BackOff();
  private final Map<String, Integer> attempts = new HashMap<>();
  private final Set<String> done = ConcurrentHashMap.newKeySet();

  /**
   * @param secrets resolves the references to secrets within a configuration
   */
  Releases(UnaryOperator<Map<String, String>> secrets) {
    this.secrets = secrets;
  }

  /** Whether nothing more is going to be done for a component. */
  boolean isDone(String name) {
    return done.contains(name);
  }

  /** A component of this name exists again. */
  void forget(String name) {
    done.remove(name);
    attempts.remove(name);
    backOff.forget(name);
  }

  /** Of what has no configuration nobody can say what it keeps. */
  void giveUp(String name) {
    done.add(name);
  }

  /**
   * Tries, if it is time to.
   *
   * @return whether nothing more is going to be done
   */
  boolean release(String name, ConnectorProvider provider, Map<String, String> config) {
    if (done.contains(name)) {
      return true;
    }
    if (attempts.containsKey(name) && !backOff.isDue(name, System.currentTimeMillis())) {
      return false;
    }
    try {
      provider.release(secrets.apply(config));
      done.add(name);
    } catch (RuntimeException e) {
      int failed = attempts.merge(name, 1, Integer::sum);
      backOff.isDue(name, System.currentTimeMillis());
      LOG.warn(
          "not all that {} keeps could be let go of ({}): {}",
          name,
          failed < ATTEMPTS ? "trying again" : "giving up",
          RootCause.sentence(e));
      if (failed >= ATTEMPTS) {
        done.add(name);
      }
    }
    return done.contains(name);
  }
}
