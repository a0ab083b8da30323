package io.millrace.connect.service;

import io.millrace.connector.ConnectorException;
import io.millrace.connector.ConnectorProvider;
import io.millrace.connector.Problem;
import io.millrace.connector.TableDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import io.millrace.service.problem.CommonError;
import io.millrace.service.problem.ErrorCode;
import io.millrace.service.problem.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tries connectors for a person who waits; control calls it, with secrets in clear or as
 * references.
 */
@RestController
@RequestMapping("/internal/connectors/{type}")
final class ConnectorController {

  private final HostedConnectors connectors;
  private final UnaryOperator<String> secrets;

  /**
   * @param secrets turns references to secrets within an option's value into clear text
   */
  ConnectorController(HostedConnectors connectors, UnaryOperator<String> secrets) {
    this.connectors = connectors;
    this.secrets = secrets;
  }

  /**
   * The options of a WITH clause.
   *
   * @param rowSchema the Avro schema of the columns that CREATE SOURCE declares, as JSON; null when
   *     there are none
   */
  record Given(Map<String, String> options, String rowSchema) {}

  /** What is wrong. */
  record Problems(List<Problem> problems) {}

  /** A column of a table. */
  record Column(String name, String type, boolean nullable) {}

  /** A table that a source hands out. */
  record Table(String name, List<Column> columns, String rowSchema, List<String> key) {}

  /** The tables that a source hands out. */
  record Tables(List<Table> tables) {}

  @PostMapping("/check")
  Problems check(@PathVariable String type, @RequestBody Given given) {
    RowType columns = given.rowSchema() == null ? null : AvroTypes.toRow(given.rowSchema());
    return new Problems(provider(type).check(options(given), columns));
  }

  @PostMapping("/tables")
  Tables tables(@PathVariable String type, @RequestBody Given given) {
    try {
      return new Tables(
          provider(type).tables(options(given)).stream().map(ConnectorController::table).toList());
    } catch (ConnectorException e) {
      throw new ServiceException(new Refused(e.code(), e.getMessage()), e.getMessage()).because(e);
    }
  }

  private ConnectorProvider provider(String type) {
    return connectors
        .find(type)
        .orElseThrow(() -> CommonError.NOT_FOUND.with("connectors/" + type));
  }

  private Map<String, String> options(Given given) {
    Map<String, String> options = new HashMap<>();
    if (given.options() != null) {
      given.options().forEach((name, value) -> options.put(name, secrets.apply(value)));
    }
    return options;
  }

  private static Table table(TableDefinition table) {
    return new Table(
        table.name(),
        table.columns().fields().stream().map(ConnectorController::column).toList(),
        AvroTypes.toAvro(table.columns(), table.name()).toString(),
        table.key());
  }

  private static Column column(Field field) {
    return new Column(field.name(), field.type().sql(), field.nullable());
  }

  /** A connector's own named error. */
  private record Refused(String name, String message) implements ErrorCode {
    @Override
    public HttpStatus status() {
      return HttpStatus.UNPROCESSABLE_CONTENT;
    }
  }
}
