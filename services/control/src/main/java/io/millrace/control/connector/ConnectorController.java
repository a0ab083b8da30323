package io.millrace.control.connector;

import io.millrace.control.ControlError;
import io.millrace.control.web.Page;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.service.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/connectors")
@Tag(name = "connectors")
class ConnectorController {

  private final ConnectorCatalogue catalogue;
  private final ConnectorProbe probe;

  ConnectorController(ConnectorCatalogue catalogue, ConnectorProbe probe) {
    this.catalogue = catalogue;
    this.probe = probe;
  }

  record Options(Map<String, Object> options) {
    Map<String, Object> given() {
      return options == null ? Map.of() : options;
    }
  }

  @GetMapping
  @Operation(summary = "The connectors, with the options that each takes")
  Page<ConnectorView> all(@RequestParam(required = false) Direction direction) {
    return new Page<>(
        catalogue.all().stream()
            .filter(d -> direction == null || d.getDirection() == direction)
            .map(ConnectorView::of)
            .toList(),
        null);
  }

  @GetMapping("/{type}")
  @Operation(summary = "One connector; of both directions when it is a source and a sink")
  Page<ConnectorView> one(@PathVariable String type) {
    List<ConnectorView> found =
        catalogue.all().stream()
            .filter(d -> d.getType().equalsIgnoreCase(type))
            .map(ConnectorView::of)
            .toList();
    if (found.isEmpty()) {
      throw ControlError.CONNECTOR_NOT_FOUND.with(type, "");
    }
    return new Page<>(found, null);
  }

  @PostMapping("/{type}/check")
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "Tries options for real; what is wrong comes with what fixes it")
  Map<String, Object> check(
      @PathVariable String type,
      @RequestParam(required = false) Direction direction,
      @RequestBody Options options) {
    return probe.check(find(type, direction), probe.options(options.given()));
  }

  @PostMapping("/{type}/tables")
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "The tables that a source hands out, with their columns")
  ConnectorProbe.Tables tables(@PathVariable String type, @RequestBody Options options) {
    ConnectorDescriptor connector = find(type, Direction.SOURCE);
    if (!connector.getTables()) {
      throw ControlError.CONNECTOR_HANDS_OUT_NO_TABLES.with(type);
    }
    return probe.tables(connector, probe.options(options.given()));
  }

  private ConnectorDescriptor find(String type, Direction direction) {
    if (direction != null) {
      return catalogue
          .find(direction, type)
          .orElseThrow(() ->
              ControlError.CONNECTOR_NOT_FOUND.with(
                  type, direction == Direction.SOURCE ? " for sources" : " for sinks"));
    }
    return catalogue
        .find(Direction.SOURCE, type)
        .or(() -> catalogue.find(Direction.SINK, type))
        .orElseThrow(() -> ControlError.CONNECTOR_NOT_FOUND.with(type, ""));
  }
}
