package io.millrace.connector.cdc;

/** The task of {@link PostgresCdcConnector}. */
public final class PostgresCdcTask extends CdcTask {

  /** Called by Kafka Connect. */
  public PostgresCdcTask() {
    super(Capture.POSTGRES);
  }
}
