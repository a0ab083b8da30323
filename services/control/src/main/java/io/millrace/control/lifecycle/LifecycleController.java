package io.millrace.control.lifecycle;

import io.millrace.control.ControlError;
import io.millrace.control.application.Applications;
import io.millrace.service.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
@Tag(name = "lifecycle")
class LifecycleController {

  private final Lifecycle lifecycle;
  private final OperationStore operations;

  LifecycleController(Lifecycle lifecycle, OperationStore operations) {
    this.lifecycle = lifecycle;
    this.operations = operations;
  }

  @PostMapping("/applications/{name}/{action:deploy|start|stop|quiesce|undeploy}")
  @PreAuthorize(Roles.HAS_OPERATOR)
  @Operation(summary = "Deploys, starts, stops, quiesces or undeploys; answers with the operation")
  ResponseEntity<LifecycleOperation> order(@PathVariable String name, @PathVariable String action) {
    Action wanted;
    try {
      wanted = Action.valueOf(action.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw ControlError.NO_SUCH_ACTION.with(action).because(e);
    }
    LifecycleOperation operation = lifecycle.order(Applications.fullName(name), wanted);
    return ResponseEntity.accepted()
        .location(URI.create("/api/v1/operations/" + operation.id()))
        .body(operation);
  }

  @GetMapping("/operations/{id}")
  @Operation(summary = "How an operation stands")
  LifecycleOperation operation(@PathVariable UUID id) {
    return operations.get(id);
  }
}
