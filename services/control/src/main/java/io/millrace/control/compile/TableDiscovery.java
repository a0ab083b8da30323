package io.millrace.control.compile;

import io.millrace.control.connector.ConnectorCatalogue;
import io.millrace.control.connector.ConnectorProbe;
import io.millrace.flow.environment.SourceTable;
import io.millrace.flow.environment.SourceTables;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.service.problem.ServiceException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/**
 * Asks databases for their tables, through the connector's service. Answers are kept for some
 * seconds, so that somebody who types a script does not hammer the database.
 */
@Component
class TableDiscovery {

  private static final Duration KEPT = Duration.ofSeconds(10);
  private static final int MOST = 100;

  private final ConnectorCatalogue catalogue;
  private final ConnectorProbe probe;
  private final Map<Question, Answer> answers = new LinkedHashMap<>();

  TableDiscovery(ConnectorCatalogue catalogue, ConnectorProbe probe) {
    this.catalogue = catalogue;
    this.probe = probe;
  }

  private record Question(String connector, Map<String, String> options) {}

  private record Answer(SourceTables tables, long at) {
    boolean fresh() {
      return System.nanoTime() - at < KEPT.toNanos();
    }
  }

  SourceTables tables(String connector, Map<String, String> options) {
    Question question = new Question(connector, Map.copyOf(options));
    synchronized (answers) {
      answers.values().removeIf(answer -> !answer.fresh());
      Answer known = answers.get(question);
      if (known != null) {
        return known.tables();
      }
    }
    SourceTables tables = ask(connector, options);
    if (tables instanceof SourceTables.Found) {
      synchronized (answers) {
        if (answers.size() < MOST) {
          answers.put(question, new Answer(tables, System.nanoTime()));
        }
      }
    }
    return tables;
  }

  private SourceTables ask(String type, Map<String, String> options) {
    Optional<ConnectorDescriptor> connector = catalogue.find(Direction.SOURCE, type);
    if (connector.isEmpty()) {
      return new SourceTables.Unavailable("there is no connector " + type);
    }
    try {
      return new SourceTables.Found(
          probe.tables(connector.get(), options).tables().stream()
              .map(t -> new SourceTable(t.name(), AvroTypes.toRow(t.rowSchema()), t.key()))
              .toList());
    } catch (ServiceException e) {
      return new SourceTables.Unavailable(e.getMessage());
    } catch (RestClientException | IllegalArgumentException e) {
      return new SourceTables.Unavailable(
          "the service %s gave an answer that cannot be used (%s); see its log"
              .formatted(connector.get().getService(), e.getMessage()));
    }
  }
}
