package io.millrace.control.lifecycle;

import io.millrace.control.application.ApplicationStore;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The applications whose plan has yet to be sent. A change of what an application should be writes
 * its name here in the same transaction; so a kill between the commit and Kafka loses nothing.
 */
@Repository
public class Outbox {

  private final JdbcClient jdbc;
  private final ApplicationStore store;
  private final Semaphore work = new Semaphore(0);

  Outbox(JdbcClient jdbc, ApplicationStore store) {
    this.jdbc = jdbc;
    this.store = store;
  }

  record Entry(String application, long sequence) {}

  /**
   * Has the application's plan sent (its last one if it was dropped, a tombstone if it is not
   * deployed).
   */
  public void put(String application) {
    jdbc.sql(
            """
            insert into outbox (application) values (?)
            on conflict (application) do update set sequence = nextval('outbox_sequence')
            """)
        .param(application)
        .update();
    wakeAfterCommit();
  }

  /** Has the plans of all deployed applications sent again, and the last ones of dropped. */
  void putAll() {
    store.deployed().forEach(application -> put(application.name()));
    jdbc.sql("select application from cleanup").query(String.class).list().forEach(this::put);
  }

  List<Entry> waiting() {
    return jdbc.sql("select application, sequence from outbox order by sequence")
        .query((row, n) -> new Entry(row.getString(1), row.getLong(2)))
        .list();
  }

  /** Takes an entry out, unless it was put again meanwhile. */
  void done(Entry entry) {
    jdbc.sql("delete from outbox where application = ? and sequence = ?")
        .params(entry.application(), entry.sequence())
        .update();
  }

  boolean isWaiting(String application) {
    return jdbc.sql("select count(*) from outbox where application = ?")
            .param(application)
            .query(Integer.class)
            .single()
        > 0;
  }

  /** Waits until something is put, or the time is over. */
  void await(long millis) throws InterruptedException {
    if (work.tryAcquire(millis, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      work.drainPermits();
    }
  }

  private void wakeAfterCommit() {
    if (TransactionSynchronizationManager.isSynchronizationActive()) {
      TransactionSynchronizationManager.registerSynchronization(
          new TransactionSynchronization() {
            @Override
            public void afterCommit() {
              work.release();
            }
          });
    } else {
      work.release();
    }
  }
}
