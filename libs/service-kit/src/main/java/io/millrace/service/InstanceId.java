package io.millrace.service;

/**
 * Which running instance of which service this is. The value is stable over the instance's life,
 * and another after a restart: host, port and start time.
 *
 * @param service the service's name
 * @param value what stands in {@code ComponentStatus.instance}
 */
public record InstanceId(String service, String value) {

  @Override
  public String toString() {
    return value;
  }
}
