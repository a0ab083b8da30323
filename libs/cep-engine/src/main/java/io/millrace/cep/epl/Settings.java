package io.millrace.cep.epl;

import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.common.client.util.AccessorStyle;
import com.espertech.esper.common.client.util.ClassForNameProvider;
import com.espertech.esper.common.client.util.EventUnderlyingType;
import io.millrace.schemas.type.RowType;
import java.math.MathContext;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;

/** Esper's configuration: every door shut, time in microseconds, numbers as in SQL. */
final class Settings {

  private Settings() {}

  static Configuration of(Map<String, RowType> streams, EplLimits limits) {
    Configuration configuration = new Configuration();
    common(configuration);
    streams.forEach(
        (name, row) -> ValueTypes.declare(name, row, configuration.getCommon()::addEventType));
    compiler(configuration);
    runtime(configuration, limits);
    return configuration;
  }

  private static void common(Configuration configuration) {
    var common = configuration.getCommon();
    common.getImports().clear();
    common.getAnnotationImports().clear();
    common
        .getTransientConfiguration()
        .put(ClassForNameProvider.NAME, (ClassForNameProvider) Settings::classForName);
    common.getTimeSource().setTimeUnit(TimeUnit.MICROSECONDS);
    common.getEventMeta().setDefaultEventRepresentation(EventUnderlyingType.OBJECTARRAY);
    // No getters: the fields of a text, a list or a class are nobody's business.
    common.getEventMeta().setDefaultAccessorStyle(AccessorStyle.PUBLIC);
  }

  private static void compiler(Configuration configuration) {
    var compiler = configuration.getCompiler();
    compiler.getScripts().setEnabled(false);
    compiler.getByteCode().setAllowInlinedClass(false);
    compiler.getByteCode().setAllowSubscriber(false);
    compiler.getByteCode().setAttachEPL(false);
    compiler.getByteCode().setThreadPoolCompilerNumThreads(0);
    compiler.getExpression().setIntegerDivision(true);
    compiler.getExpression().setDivisionByZeroReturnsNull(true);
    compiler.getExpression().setMathContext(MathContext.DECIMAL128);
    compiler.getExpression().setUdfCache(false);
  }

  private static void runtime(Configuration configuration, EplLimits limits) {
    var runtime = configuration.getRuntime();
    runtime.getThreading().setInternalTimerEnabled(false);
    runtime.getThreading().setListenerDispatchPreserveOrder(false);
    runtime.getThreading().setInsertIntoDispatchPreserveOrder(false);
    runtime.getExpression().setTimeZone(TimeZone.getTimeZone("UTC"));
    runtime.getExceptionHandling().addClass(Failures.class);
    runtime.getConditionHandling().addClass(Exhaustion.class);
    runtime.getPatterns().setMaxSubexpressions(limits.patternStates());
    runtime.getPatterns().setMaxSubexpressionPreventStart(true);
    runtime.getMatchRecognize().setMaxStates(limits.matchStates());
    runtime.getMatchRecognize().setMaxStatesPreventStart(true);
    runtime.getMetricsReporting().setJmxRuntimeMetrics(false);
  }

  /** Esper may load its own classes and the two handlers by name, and no others. */
  private static Class<?> classForName(String name) throws ClassNotFoundException {
    if (name.equals(Failures.class.getName()) || name.equals(Exhaustion.class.getName())) {
      return Class.forName(name);
    }
    throw new ClassNotFoundException("Java classes cannot be used here: " + name);
  }
}
