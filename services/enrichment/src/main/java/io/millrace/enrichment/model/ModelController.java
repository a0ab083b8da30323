package io.millrace.enrichment.model;

import io.millrace.models.ModelException;
import io.millrace.models.ModelHolder;
import io.millrace.models.ModelSignature;
import io.millrace.service.problem.CommonError;
import java.util.List;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Loads a model for a person who writes CREATE MODEL; control calls it. */
@RestController
@RequestMapping("/internal/models")
public final class ModelController {

  /** The options of CREATE MODEL. */
  record Given(String type, String location, String output) {}

  /**
   * What the model takes and gives.
   *
   * @param features each DOUBLE or STRING
   * @param prediction the type of the prediction as an Avro schema, in a record of one field
   */
  record Description(List<String> features, String prediction) {}

  @PostMapping("/describe")
  Description describe(@RequestBody Given given) {
    try (ModelHolder model =
        ModelDefinition.load(
            ModelDefinition.type(given.type()), given.location(), given.output())) {
      ModelSignature signature = model.signature();
      return new Description(
          signature.inputs().stream()
              .map(input -> input.kind() == ModelSignature.Kind.TEXT ? "STRING" : "DOUBLE")
              .toList(),
          io.millrace.schemas.type.AvroTypes.toAvro(
                  new io.millrace.schemas.type.RowType(
                      List.of(
                          io.millrace.schemas.type.Field.nullable(
                              "prediction", signature.output()))),
                  "prediction")
              .toString());
    } catch (ModelException | IllegalArgumentException e) {
      throw CommonError.BAD_REQUEST.with(e.getMessage()).because(e);
    }
  }
}
