package io.millrace.connector.cdc;

import org.apache.kafka.connect.connector.Task;

/** Captures tables of MariaDB. */
public final class MariaDbCdcConnector extends CdcConnector {

  @Override
  public Class<? extends Task> taskClass() {
    return MariaDbCdcTask.class;
  }
}
