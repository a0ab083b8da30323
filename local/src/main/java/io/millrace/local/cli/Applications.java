package io.millrace.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What commands do with applications. */
final class Applications {

  private static final Pattern NAME =
      Pattern.compile(
          "\\bCREATE\\s+APPLICATION\\s+(\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)"
              + "(?:\\s*\\.\\s*(\"[^\"]+\"|[\\p{L}_][\\p{L}\\p{N}_$]*))?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern COMMENTS =
      Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

  private final Console console;
  private final Api api;

  Applications(Console console, Api api) {
    this.console = console;
    this.api = api;
  }

  /** What applying a script has done. */
  record Applied(String name, boolean created, boolean changed, long revision, JsonNode answer) {}

  List<JsonNode> all() {
    List<JsonNode> all = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = api.get("/applications" + (cursor.isEmpty() ? "" : "?cursor=" + cursor));
      page.path("items").forEach(all::add);
      cursor = page.path("nextCursor").asString("");
    } while (!cursor.isEmpty());
    return all;
  }

  JsonNode status(String application) {
    return api.get(path(application) + "/status");
  }

  /** Creates the application or gives it a new revision; prints what is wrong with the script. */
  Applied apply(String file, String script) {
    String name = nameIn(script);
    try {
      JsonNode before = name == null ? null : existing(name);
      JsonNode answer =
          before == null
              ? api.post("/applications", Map.of("script", script))
              : api.put(path(name), Map.of("script", script));
      Diagnostics.lines(file, script, answer.path("diagnostics")).forEach(console::tell);
      long revision = answer.path("revision").asLong();
      return new Applied(
          answer.path("name").asString(name),
          before == null,
          before == null || revision != before.path("revision").asLong(),
          revision,
          answer);
    } catch (ApiProblem problem) {
      throw invalid(file, script, problem);
    }
  }

  private RuntimeException invalid(String file, String script, ApiProblem problem) {
    JsonNode diagnostics = problem.body().path("diagnostics");
    if (diagnostics.isEmpty()) {
      return problem;
    }
    Diagnostics.lines(file, script, diagnostics).forEach(console::tell);
    return new CommandFailure(CommandFailure.INVALID_SCRIPT, problem.getMessage());
  }

  /** The application's state; null when there is no such application. */
  String stateOf(String application) {
    JsonNode found = existing(Names.application(application));
    return found == null ? null : found.path("state").asString();
  }

  private JsonNode existing(String name) {
    try {
      return api.get(path(name));
    } catch (ApiProblem problem) {
      if (problem.status() == 404) {
        return null;
      }
      throw problem;
    }
  }

  /** The name in CREATE APPLICATION; null when there is none, which the service will explain. */
  static String nameIn(String script) {
    Matcher comments = COMMENTS.matcher(script);
    String code = comments.replaceAll(m -> m.group().startsWith("'") ? "''" : " ");
    Matcher matcher = NAME.matcher(code);
    if (!matcher.find()) {
      return null;
    }
    String first = unquoted(matcher.group(1));
    return matcher.group(2) == null ? "default." + first : first + "." + unquoted(matcher.group(2));
  }

  private static String unquoted(String name) {
    return name.startsWith("\"")
        ? name.substring(1, name.length() - 1)
        : name.toLowerCase(Locale.ROOT);
  }

  void diff(String file, String script, Output output) {
    String name = nameIn(script);
    if (name == null || existing(name) == null) {
      throw new CommandFailure(
          CommandFailure.REFUSED,
          (name == null ? "the application" : name)
              + " does not exist yet: ./millrace apply creates it");
    }
    try {
      JsonNode diff = api.post(path(name) + "/diff", Map.of("script", script));
      List<LinkedHashMap<String, String>> rows = new ArrayList<>();
      for (String kind : List.of("components", "streams")) {
        for (JsonNode change : diff.path(kind)) {
          if (!change.path("kind").asString().equals("UNCHANGED")) {
            rows.add(changeRow(kind, change));
          }
        }
      }
      output.print(console, rows, diff);
      if (rows.isEmpty() && output.format() == Output.Format.TABLE) {
        console.print(name + " is as the script");
      }
    } catch (ApiProblem problem) {
      throw invalid(file, script, problem);
    }
  }

  private static LinkedHashMap<String, String> changeRow(String kind, JsonNode change) {
    List<String> reasons = new ArrayList<>();
    change.path("reasons").forEach(reason -> reasons.add(reason.asString()));
    LinkedHashMap<String, String> row = new LinkedHashMap<>();
    row.put("what", kind.substring(0, kind.length() - 1));
    row.put("name", change.path("name").asString());
    row.put("change", change.path("kind").asString().toLowerCase(Locale.ROOT));
    row.put("restarts", change.path("restarts").asBoolean() ? "yes" : "no");
    row.put("because", String.join("; ", reasons));
    return row;
  }

  void act(String application, String action) {
    api.post(path(application) + "/" + action, null);
  }

  /** Waits until the application is in one of the states; returns the state. */
  String await(String application, String action, Set<String> goal, int seconds) {
    Progress progress = new Progress(console);
    while (true) {
      JsonNode status = status(application);
      String state = status.path("state").asString();
      if (goal.contains(state)) {
        return state;
      }
      if (state.equals("FAILED")) {
        throw new CommandFailure(
            CommandFailure.REFUSED,
            "%s failed: %s".formatted(Names.application(application), why(status)));
      }
      if (progress.seconds() > seconds) {
        throw new CommandFailure(
            CommandFailure.TIMED_OUT,
            "%s is %s after %d s of %s: %s"
                .formatted(Names.application(application), state, seconds, action, why(status)));
      }
      progress.waitingFor(
          () -> Names.application(application) + " is " + state + ": " + why(status));
      StackProcess.sleep(250);
    }
  }

  private static String why(JsonNode status) {
    List<String> reasons = new ArrayList<>();
    String reason = Output.cell(status.path("reason"));
    if (!reason.isEmpty()) {
      return reason;
    }
    for (JsonNode component : status.path("components")) {
      String error = Output.cell(component.path("error"));
      String state = component.path("state").asString();
      if (!error.isEmpty()) {
        reasons.add(component.path("name").asString() + ": " + error);
      } else if (!state.equals("RUNNING")) {
        reasons.add(component.path("name").asString() + " is " + state);
      }
    }
    return reasons.isEmpty() ? "no reason is known" : String.join("; ", reasons);
  }

  private static String path(String application) {
    return "/applications/" + Api.part(Names.application(application));
  }
}
