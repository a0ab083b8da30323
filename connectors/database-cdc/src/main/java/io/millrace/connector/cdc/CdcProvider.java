package io.millrace.connector.cdc;

import io.millrace.connector.ComponentContext;
import io.millrace.connector.ConnectorException;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.TableDefinition;
import io.millrace.connector.option.OptionValues;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One database's capture for the catalogue. */
abstract class CdcProvider implements ConnectorProvider {

  private static final int NEAR = 3;

  private final Capture capture;
  private final Class<? extends CdcConnector> connector;
  private final String title;

  CdcProvider(Capture capture, Class<? extends CdcConnector> connector, String title) {
    this.capture = capture;
    this.connector = connector;
    this.title = title;
  }

  @Override
  public ConnectorDescriptor descriptor() {
    return ConnectorDescriptor.newBuilder()
        .setType(capture.type())
        .setDirection(Direction.SOURCE)
        .setService("ingestion")
        .setTitle(title + " changes")
        .setDescription(
            "Every row of %s tables, then every change, with the row before and after, as it is committed"
                .formatted(title))
        .setTables(true)
        .setColumns(ColumnsRule.NONE)
        .setGuarantee("exactly-once")
        .setOptions(capture.options().set().descriptors())
        .build();
  }

  @Override
  public Map<String, String> connectConfig(ComponentContext context) {
    return CdcSettings.connectConfig(context, connector);
  }

  @Override
  public List<Problem> check(Map<String, String> given) {
    List<Problem> problems = new ArrayList<>(capture.options().set().problems(given));
    if (problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR)) {
      return problems;
    }
    OptionValues options = capture.options().set().read(given);
    try (Connection connection = capture.database().connect(options)) {
      List<String> names = capture.database().tableNames(connection);
      TablePatterns patterns = new TablePatterns(options.list("tables"));
      List<String> matching = names.stream().filter(patterns::matches).toList();
      problems.addAll(capture.database().check(connection, options, matching));
      unknown(patterns, names, problems);
    } catch (SQLException e) {
      problems.add(capture.database().refusal(options, e));
    }
    return problems;
  }

  @Override
  public List<TableDefinition> tables(Map<String, String> given) {
    OptionValues options = capture.options().set().read(given);
    try (Connection connection = capture.database().connect(options)) {
      TablePatterns patterns = new TablePatterns(options.list("tables"));
      List<String> names =
          capture.database().tableNames(connection).stream()
              .filter(n -> patterns.all().isEmpty() || patterns.matches(n))
              .toList();
      return capture.database().describe(connection, names);
    } catch (SQLException e) {
      Problem problem = capture.database().refusal(options, e);
      throw new ConnectorException(
          problem.code(),
          problem.fix() == null ? problem.message() : problem.message() + "; " + problem.fix(),
          e);
    }
  }

  @Override
  public void release(Map<String, String> config) {
    CdcSettings settings = CdcSettings.read(config, capture.options());
    try {
      capture.database().release(settings);
    } catch (SQLException e) {
      Problem problem = capture.database().refusal(settings.options(), e);
      throw new ConnectorException(problem.code(), problem.message(), e);
    }
  }

  private static void unknown(TablePatterns patterns, List<String> names, List<Problem> problems) {
    for (String wanted : patterns.all()) {
      TablePatterns one = new TablePatterns(List.of(wanted));
      if (names.stream().noneMatch(one::matches)) {
        problems.add(
            Problem.error(
                "UNKNOWN_TABLE",
                "tables",
                "there is no table %s that this user may see".formatted(wanted),
                near(wanted, names)));
      }
    }
  }

  private static String near(String wanted, List<String> names) {
    List<String> near =
        names.stream()
            .sorted(Comparator.comparingInt(n -> Spelling.distance(wanted, n)))
            .limit(NEAR)
            .filter(n -> Spelling.distance(wanted, n) <= Math.max(2, wanted.length() / 3))
            .toList();
    return near.isEmpty()
        ? "check the spelling and the user's privileges"
        : "did you mean %s?".formatted(String.join(", ", near));
  }

  /** How far two names are apart. */
  private static final class Spelling {

    /** Levenshtein's distance, whatever the case. */
    static int distance(String one, String other) {
      String a = one.toLowerCase(Locale.ROOT);
      String b = other.toLowerCase(Locale.ROOT);
      int[] row = new int[b.length() + 1];
      for (int j = 0; j <= b.length(); j++) {
        row[j] = j;
      }
      for (int i = 1; i <= a.length(); i++) {
        int diagonal = row[0];
        row[0] = i;
        for (int j = 1; j <= b.length(); j++) {
          int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
          diagonal = row[j];
          row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
        }
      }
      return row[b.length()];
    }
  }
}
