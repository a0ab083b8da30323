package io.millrace.connector.cdc;

/** The connector {@code postgres-cdc}. */
public final class PostgresCdcProvider extends CdcProvider {

  /** Called by the service loader. */
  public PostgresCdcProvider() {
    super(Capture.POSTGRES, PostgresCdcConnector.class, "PostgreSQL");
  }
}
