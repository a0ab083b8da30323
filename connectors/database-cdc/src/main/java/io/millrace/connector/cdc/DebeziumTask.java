package io.millrace.connector.cdc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.source.TransactionContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/**
 * One run of Debezium's own task, in the class loader of its plugin folder. It starts from the
 * offset that the guard gives it, and fails for good where it would start over by itself: what it
 * has handed out is known to the guard alone.
 */
final class DebeziumTask {

  private final SourceTask task;
  private final ClassLoader loader;

  private DebeziumTask(SourceTask task, ClassLoader loader) {
    this.task = task;
    this.loader = loader;
  }

  /**
   * Starts a run.
   *
   * @param offset where to go on from; null for the beginning
   */
  static DebeziumTask start(
      Dialect dialect, Map<String, String> config, Map<String, ?> offset, SourceTaskContext outer) {
    ClassLoader here = Thread.currentThread().getContextClassLoader();
    DebeziumTask run;
    try {
      // The worker's class loader knows connectors by name and finds them in their folders.
      ClassLoader plugin =
          new PluginLoader(Class.forName(dialect.connectorClass(), true, here).getClassLoader());
      // Debezium finds its own services by the thread's class loader, from the constructor on.
      Thread.currentThread().setContextClassLoader(plugin);
      SourceTask task =
          (SourceTask)
              Class.forName(dialect.taskClass(), true, plugin)
                  .getDeclaredConstructor()
                  .newInstance();
      run = new DebeziumTask(task, plugin);
    } catch (ClassNotFoundException e) {
      throw new ConnectException(
          "%s is not installed: put its plugin folder on millrace.plugin-path"
              .formatted(dialect.connectorClass()),
          e);
    } catch (ReflectiveOperationException e) {
      throw new ConnectException("could not load " + dialect.taskClass(), e);
    } finally {
      Thread.currentThread().setContextClassLoader(here);
    }
    return run.within(() -> {
      run.task.initialize(new Context(config, offset, outer));
      run.task.start(config);
      return run;
    });
  }

  /** The next records; empty when there are none for the moment. */
  List<SourceRecord> poll() throws InterruptedException {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      List<SourceRecord> records = task.poll();
      return records == null ? List.of() : records;
    } catch (RetriableException e) {
      throw new ConnectException(e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Tells Debezium what is committed, so that the database may forget it. */
  void committed(SourceRecord last) {
    within(() -> {
      try {
        task.commitRecord(last, null);
        task.commit();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return null;
    });
  }

  void stop() {
    within(() -> {
      task.stop();
      return null;
    });
  }

  private <T> T within(java.util.function.Supplier<T> action) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return action.get();
    } catch (RetriableException e) {
      throw new ConnectException(e.getMessage(), e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Shows Debezium the offset that the guard chose, whatever the worker has stored. */
  private record Context(Map<String, String> config, Map<String, ?> offset, SourceTaskContext outer)
      implements SourceTaskContext {

    @Override
    public Map<String, String> configs() {
      return config;
    }

    @Override
    public TransactionContext transactionContext() {
      return null;
    }

    @Override
    public PluginMetrics pluginMetrics() {
      return outer.pluginMetrics();
    }

    @Override
    public OffsetStorageReader offsetStorageReader() {
      return new OffsetStorageReader() {
        @Override
        public <T> Map<String, Object> offset(Map<String, T> partition) {
          return offset == null ? null : new HashMap<>(offset);
        }

        @Override
        public <T> Map<Map<String, T>, Map<String, Object>> offsets(
            Collection<Map<String, T>> partitions) {
          Map<Map<String, T>, Map<String, Object>> all = new HashMap<>();
          partitions.forEach(p -> all.put(p, offset(p)));
          return all;
        }
      };
    }
  }
}
