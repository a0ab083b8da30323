package io.millrace.local.supervisor;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;

/** A service as a context of this JVM, started by {@code start(Map)} of its main class. */
final class ContextPart implements StackPart {

  private final ServiceDescription service;
  private final String address;
  private final Map<String, Object> properties;
  private volatile AutoCloseable context;

  ContextPart(ServiceDescription service, String address, Map<String, Object> properties) {
    this.service = service;
    this.address = address;
    this.properties = properties;
  }

  @Override
  public String name() {
    return service.name();
  }

  @Override
  public String kind() {
    return "service";
  }

  @Override
  public List<String> needs() {
    return service.needs();
  }

  @Override
  public void start() throws Exception {
    Method start = Class.forName(service.mainClass()).getMethod("start", Map.class);
    try {
      context = (AutoCloseable) start.invoke(null, properties);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
    Health.await(address, this::alive);
  }

  @Override
  public boolean alive() {
    return context != null;
  }

  @Override
  public void stop() {
    AutoCloseable current = context;
    context = null;
    if (current != null) {
      try {
        current.close();
      } catch (Exception e) {
        throw new IllegalStateException("cannot stop " + service.name(), e);
      }
    }
  }

  @Override
  public long pid() {
    return alive() ? ProcessHandle.current().pid() : 0;
  }

  @Override
  public String address() {
    return address;
  }
}
