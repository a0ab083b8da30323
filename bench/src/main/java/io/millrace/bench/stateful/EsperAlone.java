package io.millrace.bench.stateful;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPEventService;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Esper with one statement, and nothing around it: no order is made, no limit watched, no result
 * kept. Its clock goes on with the events in steps of the same length as Millrace's.
 */
final class EsperAlone implements AutoCloseable {

  private static final long STEP_MICROS = 100_000;

  private final EPRuntime runtime;
  private final EPEventService service;
  private final EventSender sender;
  private long clock;
  private long results;

  EsperAlone(String epl) {
    Configuration configuration = new Configuration();
    configuration
        .getCommon()
        .addEventType(
            "e",
            new String[] {"k", "id", "amount", "kind", "ts"},
            new Object[] {Integer.class, Long.class, Double.class, String.class, Long.class});
    configuration.getCommon().getTimeSource().setTimeUnit(TimeUnit.MICROSECONDS);
    configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
    configuration.getRuntime().getThreading().setListenerDispatchPreserveOrder(false);
    configuration.getRuntime().getThreading().setInsertIntoDispatchPreserveOrder(false);
    runtime = EPRuntimeProvider.getRuntime("alone", configuration);
    service = runtime.getEventService();
    service.clockExternal();
    service.advanceTime((Long) Load.row(0, 1, 1)[4]);
    try {
      EPCompiled compiled =
          EPCompilerProvider.getCompiler().compile(epl, new CompilerArguments(configuration));
      runtime
          .getDeploymentService()
          .deploy(compiled)
          .getStatements()[0]
          .addListener((added, removed, from, within) -> take(added));
    } catch (EPCompileException | EPDeployException e) {
      throw new IllegalArgumentException(e);
    }
    sender = service.getEventSender("e");
  }

  private void take(EventBean[] added) {
    if (added != null) {
      for (EventBean one : added) {
        if (one.get("s") != null) {
          results++;
        }
      }
    }
  }

  void process(List<Object[]> batch) {
    for (Object[] row : batch) {
      long time = (Long) row[4];
      if (time >= clock + STEP_MICROS) {
        clock = time / STEP_MICROS * STEP_MICROS;
        service.advanceTimeSpan(clock);
      }
      sender.sendEvent(row);
    }
  }

  @Override
  public void close() {
    if (results == 0) {
      throw new IllegalStateException("the statement gave nothing");
    }
    runtime.destroy();
  }
}
