package io.millrace.local.supervisor;

import io.millrace.local.demo.ShopTraffic;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the demo database changing, a few times a second, so that there is something to see. */
final class TrafficPart implements StackPart {

  private static final Logger LOG = LoggerFactory.getLogger(TrafficPart.class);

  private final String url;
  private final String password;
  private final int changesPerSecond;
  private volatile Thread thread;

  TrafficPart(String url, String password, int changesPerSecond) {
    this.url = url;
    this.password = password;
    this.changesPerSecond = changesPerSecond;
  }

  @Override
  public String name() {
    return "shop-traffic";
  }

  @Override
  public String kind() {
    return "demo";
  }

  @Override
  public List<String> needs() {
    return List.of("mariadb");
  }

  @Override
  public void start() throws SQLException {
    Connection connection = DriverManager.getConnection(url, "shop", password);
    thread = Thread.ofVirtual().name("shop-traffic").start(() -> run(connection));
  }

  private void run(Connection connection) {
    long pause = TimeUnit.SECONDS.toMicros(1) / changesPerSecond;
    try (connection) {
      ShopTraffic traffic = new ShopTraffic(connection, System.nanoTime());
      while (!Thread.currentThread().isInterrupted()) {
        traffic.next();
        TimeUnit.MICROSECONDS.sleep(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SQLException e) {
      LOG.warn("the demo database does not take changes: {}", e.getMessage());
    }
  }

  @Override
  public boolean alive() {
    Thread current = thread;
    return current != null && current.isAlive();
  }

  @Override
  public void stop() {
    Thread current = thread;
    thread = null;
    if (current != null) {
      current.interrupt();
    }
  }

  @Override
  public long pid() {
    return alive() ? ProcessHandle.current().pid() : 0;
  }

  @Override
  public String address() {
    return changesPerSecond + " changes a second";
  }
}
