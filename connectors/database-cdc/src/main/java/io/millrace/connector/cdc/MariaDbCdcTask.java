package io.millrace.connector.cdc;

/** The task of {@link MariaDbCdcConnector}. */
public final class MariaDbCdcTask extends CdcTask {

  /** Called by Kafka Connect. */
  public MariaDbCdcTask() {
    super(Capture.MARIADB);
  }
}
