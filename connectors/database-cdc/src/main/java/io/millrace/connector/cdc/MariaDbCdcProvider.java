package io.millrace.connector.cdc;

/** The connector {@code mariadb-cdc}. */
public final class MariaDbCdcProvider extends CdcProvider {

  /** Called by the service loader. */
  public MariaDbCdcProvider() {
    super(Capture.MARIADB, MariaDbCdcConnector.class, "MariaDB");
  }
}
