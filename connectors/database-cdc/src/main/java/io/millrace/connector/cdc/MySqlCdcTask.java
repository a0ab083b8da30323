package io.millrace.connector.cdc;

/** The task of {@link MySqlCdcConnector}. */
public final class MySqlCdcTask extends CdcTask {

  /** Called by Kafka Connect. */
  public MySqlCdcTask() {
    super(Capture.MYSQL);
  }
}
