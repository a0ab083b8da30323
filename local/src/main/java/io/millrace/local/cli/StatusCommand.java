package io.millrace.local.cli;

import io.millrace.local.home.LocalHome;
import io.millrace.local.home.Ports;
import io.millrace.local.home.Secrets;
import io.millrace.local.home.StackState;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description =
        "Shows the local stack: its parts, their addresses and processes, the demo databases.")
final class StatusCommand implements Callable<Integer> {

  private final Console console;
  @Mixin private Output output;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    LocalHome home = console.home();
    Optional<StackState> state = new StackProcess(console).running();
    if (output.json()) {
      console.print(Output.pretty(json(home, state)));
      return state.isPresent() ? 0 : 1;
    }
    if (state.isEmpty()) {
      console.print("Millrace is down; ./millrace up starts it");
      return 1;
    }
    output.print(console, rows(state.get()), null);
    if (output.format() == Output.Format.TABLE) {
      console.print("");
      output.print(console, databases(home), null);
      console.print("");
      console.print(
          "URL   "
              + state.get().url()
              + "   user admin   password "
              + Secrets.of(home).administrator());
      console.print("data  " + home.home());
    }
    return state.get().ready() ? 0 : 1;
  }

  private static List<LinkedHashMap<String, String>> rows(StackState state) {
    List<LinkedHashMap<String, String>> rows = new ArrayList<>();
    for (StackState.Part part : state.parts()) {
      LinkedHashMap<String, String> row = new LinkedHashMap<>();
      row.put("name", part.name());
      row.put("state", part.state().name().toLowerCase(Locale.ROOT));
      row.put("pid", part.pid() == 0 ? "" : Long.toString(part.pid()));
      row.put("restarts", Integer.toString(part.restarts()));
      row.put("address", part.address());
      row.put("detail", part.detail());
      rows.add(row);
    }
    return rows;
  }

  private static List<LinkedHashMap<String, String>> databases(LocalHome home) {
    if (!Files.exists(home.file("secrets.properties"))) {
      return List.of();
    }
    Ports ports = Ports.of(home);
    Secrets secrets = Secrets.of(home);
    String mariaDb = "jdbc:mariadb://127.0.0.1:" + ports.of("mariadb") + "/shop";
    String postgres = "jdbc:postgresql://127.0.0.1:" + ports.of("postgres") + "/replica";
    return List.of(
        database("shop", mariaDb, "shop", secrets.shop(), "change it: the sample follows"),
        database("shop (capture)", mariaDb, "cdc", secrets.capture(), "reads the binary log"),
        database("replica", postgres, "replica", secrets.replica(), "sample replication"));
  }

  private static LinkedHashMap<String, String> database(
      String name, String url, String user, String password, String remark) {
    LinkedHashMap<String, String> row = new LinkedHashMap<>();
    row.put("database", name);
    row.put("jdbc", url);
    row.put("user", user);
    row.put("password", password);
    row.put("remark", remark);
    return row;
  }

  private static Map<String, Object> json(LocalHome home, Optional<StackState> state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", state.map(s -> s.ready() ? "ready" : "starting").orElse("down"));
    state.ifPresent(s -> {
      json.put("shape", s.shape());
      json.put("pid", s.pid());
      json.put("url", s.url());
      json.put("user", "admin");
      json.put("password", Secrets.of(home).administrator());
      json.put("parts", s.parts());
    });
    json.put("databases", databases(home));
    json.put("home", home.home().toString());
    return json;
  }
}
