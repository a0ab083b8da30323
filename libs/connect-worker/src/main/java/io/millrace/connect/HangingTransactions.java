package io.millrace.connect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the transactions that a killed worker left open on the topic of source offsets. A worker
 * reads that topic to its end before it does anything else, and an open transaction holds the end
 * back until it times out, which for captures is a quarter of an hour. A task that lives writes to
 * the topic only while it commits, for milliseconds; what is still there after seconds is nobody's.
 */
final class HangingTransactions {

  private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);
  private static final Duration LONGEST_COMMIT = Duration.ofSeconds(3);
  private static final long PATIENCE_SECONDS = 30;

  private HangingTransactions() {}

  static void end(Map<String, String> kafkaClient, String groupId, String offsetsTopic) {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafkaClient))) {
      Set<String> suspects = open(admin, groupId, offsetsTopic);
      if (suspects.isEmpty()) {
        return;
      }
      LockSupport.parkNanos(LONGEST_COMMIT.toNanos());
      Set<String> hanging = new HashSet<>(open(admin, groupId, offsetsTopic));
      hanging.retainAll(suspects);
      if (hanging.isEmpty()) {
        return;
      }
      List<String> ids = new ArrayList<>();
      hanging.forEach(h -> ids.add(h.substring(0, h.lastIndexOf('@'))));
      LOG.info("ending the transactions {} of a worker that was killed", ids);
      admin.fenceProducers(ids).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // Without the right to look, the worker waits for the transaction's timeout instead.
      LOG.warn("open transactions could not be looked for: {}", e.toString());
    }
  }

  /** Transactional id and start of those that hold the topic. */
  private static Set<String> open(Admin admin, String groupId, String topic)
      throws InterruptedException, ExecutionException, TimeoutException {
    Collection<TransactionListing> all =
        admin.listTransactions().all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    List<String> ids =
        all.stream()
            .filter(t -> t.state() == TransactionState.ONGOING)
            .map(TransactionListing::transactionalId)
            .filter(id -> id.startsWith(groupId + "-"))
            .toList();
    Set<String> open = new HashSet<>();
    if (ids.isEmpty()) {
      return open;
    }
    Map<String, TransactionDescription> described =
        admin.describeTransactions(ids).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    described.forEach((id, transaction) -> {
      if (transaction.topicPartitions().stream().anyMatch(p -> p.topic().equals(topic))) {
        open.add(id + "@" + transaction.transactionStartTimeMs().orElse(0));
      }
    });
    return open;
  }
}
