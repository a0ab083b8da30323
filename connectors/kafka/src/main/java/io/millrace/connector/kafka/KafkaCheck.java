package io.millrace.connector.kafka;

import io.millrace.connector.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;

/** Tries to reach a cluster. */
public final class KafkaCheck {

  private static final int TIMEOUT_MILLIS = 5_000;

  private KafkaCheck() {}

  /** The topics of the cluster; none, and a problem more, if it cannot be asked. */
  public static Set<String> topics(Map<String, Object> client, List<Problem> problems) {
    Map<String, Object> config = new HashMap<>(client);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    try (Admin admin = Admin.create(config)) {
      return admin.listTopics().names().get(TIMEOUT_MILLIS + 1000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      problems.add(unreachable(client, e));
    } catch (ExecutionException e) {
      problems.add(
          e.getCause() instanceof AuthenticationException
              ? Problem.error(
                  "LOGIN_REFUSED",
                  "sasl_jaas_config",
                  "the cluster refuses the log-in: " + e.getCause().getMessage(),
                  "correct sasl_mechanism and sasl_jaas_config")
              : unreachable(client, e.getCause()));
    } catch (TimeoutException | KafkaException e) {
      problems.add(unreachable(client, e.getCause() == null ? e : e.getCause()));
    }
    return Set.of();
  }

  private static Problem unreachable(Map<String, Object> client, Throwable e) {
    return Problem.error(
        "NOT_REACHABLE",
        "bootstrap_servers",
        "no broker of %s answers: %s".formatted(client.get("bootstrap.servers"), e.getMessage()),
        "correct bootstrap_servers and security_protocol, and see that the brokers run and let this"
            + " host in");
  }
}
