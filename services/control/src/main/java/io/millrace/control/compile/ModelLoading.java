package io.millrace.control.compile;

import io.millrace.flow.environment.ModelDescription;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.service.http.ServiceClients;
import io.millrace.service.problem.ServiceException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClientException;

/** Has the enrichment service, which will run it, load a model and say what it takes and gives. */
@Component
class ModelLoading {

  private final ServiceClients services;

  ModelLoading(ServiceClients services) {
    this.services = services;
  }

  private record Answer(List<String> features, String prediction) {}

  ModelDescription describe(Map<String, String> options) {
    Map<String, String> asked = new HashMap<>();
    for (String name : List.of("type", "location", "output")) {
      if (options.get(name) != null) {
        asked.put(name, options.get(name));
      }
    }
    try {
      Answer answer =
          services.call(
              "enrichment",
              client ->
                  client
                      .post()
                      .uri("/internal/models/describe")
                      .contentType(MediaType.APPLICATION_JSON)
                      .body(asked)
                      .retrieve()
                      .body(Answer.class));
      return new ModelDescription.Known(
          answer.features().stream()
              .map(type -> type.equals("STRING") ? DataType.STRING : DataType.DOUBLE)
              .toList(),
          AvroTypes.toRow(answer.prediction()).field(0).type());
    } catch (ServiceException e) {
      return new ModelDescription.Unusable(e.getMessage());
    } catch (RestClientException e) {
      return new ModelDescription.Unusable(
          "the enrichment service gave an answer that cannot be used (%s); see its log"
              .formatted(e.getMessage()));
    }
  }
}
