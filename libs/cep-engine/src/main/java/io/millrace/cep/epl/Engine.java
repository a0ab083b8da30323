package io.millrace.cep.epl;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EPException;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.common.client.EventType;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPStatement;
import com.espertech.esper.runtime.internal.kernel.service.EPRuntimeImpl;
import com.espertech.esper.runtime.internal.kernel.service.EPRuntimeSPI;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * An Esper runtime with one query in it. It starts no thread and nothing else refers to it: when
 * its owner lets go of it, it is gone. Not thread-safe.
 */
final class Engine {

  /** The name of the statement whose rows are the result. */
  static final String OUTPUT = "output";

  private final EPEventService events;
  private final EventSender[] senders;
  private final EPStatement statement;
  private RuntimeException failure;

  /**
   * @param name the query's
   * @param inputs the streams in the order in which rows name them
   * @param start where its clock begins, microseconds
   */
  Engine(
      String name,
      Configuration configuration,
      EPCompiled compiled,
      List<String> inputs,
      long start) {
    ConcurrentHashMap<String, EPRuntimeSPI> own = new ConcurrentHashMap<>();
    EPRuntimeImpl runtime = new EPRuntimeImpl(configuration, name, own, null);
    this.events = runtime.getEventService();
    events.clockExternal();
    events.advanceTime(start);
    EPStatement output = null;
    try {
      for (EPStatement one : runtime.getDeploymentService().deploy(compiled).getStatements()) {
        if (one.getName().equals(OUTPUT)) {
          output = one;
        }
      }
    } catch (EPDeployException e) {
      throw new EplStateException("the query cannot be started: " + e.getMessage(), e);
    }
    this.statement = java.util.Objects.requireNonNull(output, "no statement gives the result");
    this.senders = new EventSender[inputs.size()];
    for (int i = 0; i < senders.length; i++) {
      senders[i] = events.getEventSender(inputs.get(i));
    }
  }

  EventType outputType() {
    return statement.getEventType();
  }

  /** Who takes the rows of the result; what it throws comes out of the call that led to it. */
  void listen(Consumer<EventBean> taker) {
    statement.addListener((added, removed, from, runtime) -> {
      if (added == null || failure != null) {
        return;
      }
      try {
        for (EventBean event : added) {
          // Sorted batches of groups have gaps where a having left rows out.
          if (event != null) {
            taker.accept(event);
          }
        }
      } catch (RuntimeException e) {
        // Esper would write it to the log and go on.
        failure = e;
      }
    });
  }

  void send(int input, Object[] row) {
    try {
      senders[input].sendEvent(row);
    } catch (EPException e) {
      throw plain(e);
    }
    check();
  }

  /** Lets time go on, each timer at its own time. */
  void advance(long time) {
    try {
      events.advanceTimeSpan(time);
    } catch (EPException e) {
      throw plain(e);
    }
    check();
  }

  /** What is inside of Esper's wrapping, in words that make sense to the query's author. */
  private static RuntimeException plain(EPException wrapped) {
    Throwable cause = wrapped;
    while (cause.getCause() != null && cause instanceof EPException) {
      cause = cause.getCause();
    }
    return cause instanceof EplStateException known
        ? known
        : new EplStateException("EPL failed: " + cause.getMessage(), wrapped);
  }

  long time() {
    return events.getCurrentTime();
  }

  private void check() {
    if (failure != null) {
      throw failure;
    }
  }
}
