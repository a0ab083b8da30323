package io.millrace.connector.cdc;

import org.apache.kafka.connect.connector.Task;

/** Captures tables of PostgreSQL. */
public final class PostgresCdcConnector extends CdcConnector {

  @Override
  public Class<? extends Task> taskClass() {
    return PostgresCdcTask.class;
  }
}
