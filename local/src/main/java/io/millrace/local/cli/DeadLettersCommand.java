package io.millrace.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists what an application could not process, or has it processed again.")
final class DeadLettersCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(paramLabel = "APP")
  private String application;

  @Option(
      names = "--replay",
      paramLabel = "ID|all",
      description = "process this one, or all that were not replayed yet, again")
  private String replay;

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = "the corrected original to process instead; with one id")
  private Path correction;

  @Option(names = "--replayed", description = "list those too that were replayed")
  private boolean replayed;

  @Option(names = "--limit", paramLabel = "N", defaultValue = "100")
  private int limit;

  @Mixin private Remote remote;
  @Mixin private Output output;

  DeadLettersCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    Api api = remote.api(console);
    if (replay != null) {
      return replay(api);
    }
    if (correction != null) {
      throw new CommandFailure(2, "--with goes with --replay ID");
    }
    JsonNode items = list(api);
    List<LinkedHashMap<String, String>> rows = new ArrayList<>();
    for (JsonNode letter : items) {
      LinkedHashMap<String, String> row = new LinkedHashMap<>();
      row.put("id", letter.path("id").asString());
      row.put("when", Figures.ago(letter.path("occurredAt")));
      row.put("component", letter.path("component").asString());
      row.put("code", Output.cell(letter.path("code")));
      row.put("reason", Output.cell(letter.path("reason")));
      row.put("original", Output.cell(letter.path("text")));
      if (replayed) {
        row.put("replayed", Figures.ago(letter.path("replayedAt")));
      }
      rows.add(row);
    }
    output.print(console, rows, items);
    if (rows.isEmpty() && output.format() == Output.Format.TABLE) {
      console.print("no dead letters");
    }
    return 0;
  }

  private JsonNode list(Api api) {
    return api.get(
            "/dead-letters?application="
                + Api.part(Names.application(application))
                + "&limit="
                + limit
                + "&replayed="
                + replayed)
        .path("items");
  }

  private int replay(Api api) throws IOException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("application", Names.application(application));
    if (replay.equals("all")) {
      if (correction != null) {
        throw new CommandFailure(2, "--with corrects one dead letter: name it with --replay ID");
      }
      body.put("all", true);
    } else {
      body.put("ids", List.of(replay));
      if (correction != null) {
        body.put("original", Base64.getEncoder().encodeToString(Files.readAllBytes(correction)));
      }
    }
    int count = api.post("/dead-letters/replay", body).path("count").asInt();
    console.print(count + " sent to be processed again");
    return 0;
  }
}
