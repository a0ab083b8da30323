package io.millrace.control.compile;

import io.millrace.flow.environment.EplAnswer;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import io.millrace.service.http.ServiceClients;
import io.millrace.service.problem.ServiceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Has the analytics service, which will run it, check a text in EPL. */
@Component
class EplChecking {

  private final ServiceClients services;

  EplChecking(ServiceClients services) {
    this.services = services;
  }

  private record Question(
      String epl, Map<String, String> streams, String output, long stateRetentionMillis) {}

  private record Answer(List<EplAnswer.Fault> faults, List<String> reads) {}

  EplAnswer check(
      String text, Map<String, RowType> streams, RowType output, long stateRetentionMillis) {
    Map<String, String> schemas = new LinkedHashMap<>();
    streams.forEach((name, row) -> schemas.put(name, schema(row)));
    Question question = new Question(text, schemas, schema(output), stateRetentionMillis);
    try {
      Answer answer =
          services.call(
              "analytics",
              client ->
                  client
                      .post()
                      .uri("/internal/epl/check")
                      .contentType(MediaType.APPLICATION_JSON)
                      .body(question)
                      .retrieve()
                      .body(Answer.class));
      return answer == null || answer.faults() == null || answer.reads() == null
          ? unusable("it says nothing")
          : new EplAnswer.Checked(answer.faults(), answer.reads());
    } catch (ServiceException e) {
      return new EplAnswer.Unavailable(e.getMessage());
    } catch (RestClientException e) {
      return unusable(e.getMessage());
    }
  }

  private static EplAnswer unusable(String why) {
    return new EplAnswer.Unavailable(
        "the analytics service gave an answer that cannot be used (%s); see its log"
            .formatted(why));
  }

  private static String schema(RowType row) {
    return AvroTypes.toAvro(row, "epl.row").toString();
  }
}
