package io.millrace.query.stream;

import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.type.AvroTypes;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

@RestController
@RequestMapping("/api/v1/streams/{stream}")
@Tag(name = "streams")
class StreamController {

  private static final int MOST = 10_000;

  private final StreamCatalogue catalogue;
  private final RecentEvents recent;
  private final LiveFeeds live;

  StreamController(StreamCatalogue catalogue, RecentEvents recent, LiveFeeds live) {
    this.catalogue = catalogue;
    this.recent = recent;
    this.live = live;
  }

  /** The last events of a stream, oldest first. */
  record Events(List<StreamEvent> items) {}

  @GetMapping("/events")
  @Operation(summary = "The last events of a stream that meet a condition, oldest first")
  Events events(
      @PathVariable String stream,
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(required = false) String where) {
    StreamDefinition definition = catalogue.find(stream);
    RowFilter filter = Conditions.compile(AvroTypes.toRow(definition.getRowSchema()), where);
    int most = Math.clamp(limit, 1, MOST);
    try {
      return new Events(recent.last(definition.getTopic(), most, filter));
    } catch (UnknownTopicOrPartitionException e) {
      throw StreamError.STREAM_NOT_READABLE.with(stream).because(e);
    }
  }

  @GetMapping(path = "/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  @Operation(
      summary =
          "The events of a stream from now on, as server-sent events; an event named 'skipped' counts those that came too fast to be sent")
  SseEmitter live(@PathVariable String stream, @RequestParam(required = false) String where) {
    StreamDefinition definition = catalogue.find(stream);
    RowFilter filter = Conditions.compile(AvroTypes.toRow(definition.getRowSchema()), where);
    try {
      return live.watch(definition.getTopic(), filter);
    } catch (UnknownTopicOrPartitionException e) {
      throw StreamError.STREAM_NOT_READABLE.with(stream).because(e);
    }
  }
}
