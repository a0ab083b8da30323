package io.millrace.analytics.epl;

import io.millrace.cep.epl.EplDiagnostic;
import io.millrace.cep.epl.EplException;
import io.millrace.cep.epl.EplLimits;
import io.millrace.cep.epl.EplQuery;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.RowType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Checks EPL for a person who writes CREATE STREAM … AS EPL; control calls it. */
@RestController
@RequestMapping("/internal/epl")
public final class EplController {

  /**
   * What is to be checked.
   *
   * @param streams the streams that the text may read: their Avro schemas by name
   * @param output the Avro schema of the columns that it has to give
   * @param stateRetentionMillis how long state without a bound of its own is kept, or 0
   */
  record Question(
      String epl, Map<String, String> streams, String output, long stateRetentionMillis) {}

  /**
   * What came of it.
   *
   * @param faults by line and column of the text, both from 1
   * @param reads the streams that it reads; empty when there are faults
   * @param horizonMillis how far back in event time it looks
   */
  record Answer(List<EplDiagnostic> faults, List<String> reads, long horizonMillis) {}

  @PostMapping("/check")
  Answer check(@RequestBody Question question) {
    Map<String, RowType> streams = new LinkedHashMap<>();
    question.streams().forEach((name, schema) -> streams.put(name, AvroTypes.toRow(schema)));
    EplLimits limits =
        EplLimits.defaults().withRetention(Duration.ofMillis(question.stateRetentionMillis()));
    try {
      EplQuery query =
          EplQuery.compile(question.epl(), streams, AvroTypes.toRow(question.output()), limits);
      return new Answer(List.of(), query.inputs(), Math.ceilDiv(query.horizonMicros(), 1000));
    } catch (EplException e) {
      return new Answer(e.diagnostics(), List.of(), 0);
    }
  }
}
