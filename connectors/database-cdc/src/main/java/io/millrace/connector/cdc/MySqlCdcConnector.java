package io.millrace.connector.cdc;

import org.apache.kafka.connect.connector.Task;

/** Captures tables of MySQL. */
public final class MySqlCdcConnector extends CdcConnector {

  @Override
  public Class<? extends Task> taskClass() {
    return MySqlCdcTask.class;
  }
}
