package io.millrace.connector.cdc;

import io.millrace.connector.option.OptionSet;
import io.millrace.schemas.control.OptionType;

/** The options of each database's capture. */
enum CdcOptions {
  MARIADB(binlog("MariaDB")),
  MYSQL(binlog("MySQL")),
  POSTGRES(postgres());

  private final OptionSet set;

  CdcOptions(OptionSet set) {
    this.set = set;
  }

  OptionSet set() {
    return set;
  }

  private static OptionSet binlog(String product) {
    OptionSet.Builder options = connection(product, "3306");
    options.option(
        "tables",
        OptionType.LIST,
        "Tables to capture as database.table, with * for any characters, separated by commas;"
            + " without it the tables that have streams");
    snapshot(options);
    options
        .group("Replication")
        .option(
            "server_id",
            OptionType.LONG,
            "The id of this capture among the replicas of the server; derived from its name")
        .range(1, 4_294_967_295d);
    security(options).allowed("disabled", "preferred", "required", "verify_ca", "verify_identity");
    return speed(options).build();
  }

  private static OptionSet postgres() {
    OptionSet.Builder options = connection("PostgreSQL", "5432");
    options.option("database", OptionType.STRING, "The database").required();
    options.option(
        "tables",
        OptionType.LIST,
        "Tables to capture as schema.table, with * for any characters, separated by commas;"
            + " without it the tables that have streams");
    snapshot(options);
    options
        .group("Replication")
        .option(
            "slot",
            OptionType.STRING,
            "The replication slot, created when there is none; derived from the source's name")
        .option(
            "publication",
            OptionType.STRING,
            "The publication, created for the captured tables when there is none; derived from the"
                + " source's name");
    security(options).allowed("disable", "prefer", "require", "verify-ca", "verify-full");
    return speed(options).build();
  }

  private static OptionSet.Builder connection(String product, String port) {
    return OptionSet.builder()
        .group("Connection")
        .option("hostname", OptionType.STRING, "Host name or address of the " + product + " server")
        .required()
        .option("port", OptionType.INT, "Port of the server")
        .defaultValue(port)
        .range(1, 65535)
        .option("username", OptionType.STRING, "The user that reads tables and log")
        .required()
        .option("password", OptionType.SECRET, "The user's password: SECRET name")
        .defaultValue("")
        .group("Tables");
  }

  private static void snapshot(OptionSet.Builder options) {
    options
        .option(
            "snapshot",
            OptionType.STRING,
            "initial: first the rows that are there, then the changes; never: only the changes")
        .defaultValue("initial")
        .allowed("initial", "never", "no_data");
  }

  private static OptionSet.Builder security(OptionSet.Builder options) {
    return options
        .group("Security")
        .option("ssl_mode", OptionType.STRING, "How the connection is encrypted");
  }

  private static OptionSet.Builder speed(OptionSet.Builder options) {
    return options
        .group("Speed")
        .option("poll_interval", OptionType.DURATION, "How long to wait when there are no changes")
        .defaultValue("10 ms")
        .option(
            "batch",
            OptionType.INT,
            "The most changes read at a time; a transaction has fewer than twice as many")
        .defaultValue("8192")
        .range(1, 1_000_000)
        .option(
            "heartbeat",
            OptionType.DURATION,
            "How often the position is kept while only other tables change")
        .defaultValue("10 s");
  }
}
