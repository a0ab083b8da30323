package io.millrace.connector.cdc;

/** The connector {@code mysql-cdc}. */
public final class MySqlCdcProvider extends CdcProvider {

  /** Called by the service loader. */
  public MySqlCdcProvider() {
    super(Capture.MYSQL, MySqlCdcConnector.class, "MySQL");
  }
}
