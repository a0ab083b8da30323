package io.millrace.control.application;

import io.millrace.control.ControlError;
import io.millrace.control.compile.ScriptCompiler;
import io.millrace.control.status.ApplicationStatus;
import io.millrace.control.status.ApplicationStatuses;
import io.millrace.control.web.Page;
import io.millrace.flow.Compilation;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.plan.Graph;
import io.millrace.flow.plan.PlanDiff;
import io.millrace.service.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/applications")
@Tag(name = "applications")
class ApplicationController {

  private final Applications applications;
  private final ApplicationStore store;
  private final ScriptCompiler compiler;
  private final ApplicationStatuses statuses;

  ApplicationController(
      Applications applications,
      ApplicationStore store,
      ScriptCompiler compiler,
      ApplicationStatuses statuses) {
    this.applications = applications;
    this.store = store;
    this.compiler = compiler;
    this.statuses = statuses;
  }

  record Script(String script) {}

  record Validation(boolean valid, String name, List<Diagnostic> diagnostics, Graph graph) {}

  /** An application in the list. */
  record Summary(
      String name,
      String state,
      long revision,
      Double inRate,
      Double outRate,
      Long lag,
      Long deadLetters,
      Instant updatedAt) {}

  /** An application with its script. */
  record Full(
      String id,
      String name,
      String state,
      String reason,
      long revision,
      String script,
      Graph graph,
      List<Diagnostic> diagnostics,
      PlanDiff diff,
      Instant createdAt,
      String createdBy,
      Instant updatedAt,
      String updatedBy) {}

  record RevisionView(
      long revision, String script, Graph graph, Instant createdAt, String createdBy) {}

  @GetMapping
  @Operation(summary = "The applications, with state and rates")
  Page<Summary> all(
      @RequestParam(required = false) String cursor,
      @RequestParam(required = false) Integer limit) {
    return store.page(cursor, Page.size(limit)).map(this::summary);
  }

  @PostMapping
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "Creates an application from a script")
  ResponseEntity<Full> create(@RequestBody Script body) {
    Applications.Applied applied = applications.create(body.script());
    String name = applied.application().name();
    return ResponseEntity.created(URI.create("/api/v1/applications/" + name))
        .eTag(etag(applied.application()))
        .body(full(applied));
  }

  @PostMapping("/validate")
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "Checks a script: every fault with line, column and a way out")
  Validation validate(@RequestBody Script body) {
    Compilation compilation = compiler.compile(body.script());
    return new Validation(
        compilation.isValid(),
        compilation.application().orElse(null),
        compilation.diagnostics(),
        compilation.graph().orElse(null));
  }

  @GetMapping("/{name}")
  @Operation(summary = "An application: script, graph, state")
  ResponseEntity<Full> one(@PathVariable String name) {
    ApplicationRecord application = get(name);
    return ResponseEntity.ok()
        .header(HttpHeaders.ETAG, etag(application))
        .body(full(application, store.current(application), List.of(), null));
  }

  @PutMapping("/{name}")
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(
      summary = "A new revision; a deployed application takes it over, only what changed restarts")
  ResponseEntity<Full> change(
      @PathVariable String name,
      @RequestBody Script body,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch) {
    Applications.Applied applied =
        applications.change(Applications.fullName(name), body.script(), expected(name, ifMatch));
    return ResponseEntity.ok().eTag(etag(applied.application())).body(full(applied));
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "Drops an application that does not run, with its streams and positions")
  void drop(
      @PathVariable String name,
      @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) String ifMatch) {
    applications.drop(Applications.fullName(name), expected(name, ifMatch));
  }

  @GetMapping("/{name}/revisions")
  @Operation(summary = "The revisions of an application, the latest first")
  Page<ApplicationStore.RevisionSummary> revisions(
      @PathVariable String name,
      @RequestParam(required = false) String cursor,
      @RequestParam(required = false) Integer limit) {
    ApplicationRecord application = get(name);
    String position = Page.position(cursor);
    long before;
    try {
      before = position.isEmpty() ? Long.MAX_VALUE : Long.parseLong(position);
    } catch (NumberFormatException e) {
      throw ControlError.INVALID_CURSOR.with(cursor).because(e);
    }
    return store.revisions(application.name(), before, Page.size(limit));
  }

  @GetMapping("/{name}/revisions/{revision}")
  @Operation(summary = "One revision with its script and graph")
  RevisionView revision(@PathVariable String name, @PathVariable long revision) {
    Revision found = applications.revision(Applications.fullName(name), revision);
    return new RevisionView(
        found.revision(), found.script(), found.graph(), found.createdAt(), found.createdBy());
  }

  @GetMapping("/{name}/diff")
  @Operation(summary = "What changed from one revision to another")
  PlanDiff diff(
      @PathVariable String name, @RequestParam long from, @RequestParam(required = false) Long to) {
    ApplicationRecord application = get(name);
    return applications.diff(application.name(), from, to == null ? application.revision() : to);
  }

  @PostMapping("/{name}/diff")
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "What a script would change, and what would restart")
  PlanDiff diff(@PathVariable String name, @RequestBody Script body) {
    return applications.diff(Applications.fullName(name), body.script());
  }

  @GetMapping("/{name}/status")
  @Operation(summary = "State, events, rates, lag, latency and errors of every component")
  ApplicationStatus status(@PathVariable String name) {
    return statuses.of(get(name));
  }

  private ApplicationRecord get(String name) {
    return applications.get(Applications.fullName(name));
  }

  private Summary summary(ApplicationRecord application) {
    ApplicationStatus status = statuses.of(application);
    return new Summary(
        application.name(),
        status.state(),
        application.revision(),
        status.inRate(),
        status.outRate(),
        status.lag(),
        status.deadLetters(),
        application.updatedAt());
  }

  private Full full(Applications.Applied applied) {
    return full(
        applied.application(),
        applied.revision(),
        applied.compilation().diagnostics(),
        applied.diff());
  }

  private Full full(
      ApplicationRecord application,
      Revision revision,
      List<Diagnostic> diagnostics,
      PlanDiff diff) {
    ApplicationStatus status = statuses.of(application);
    return new Full(
        application.name(),
        application.name(),
        status.state(),
        status.reason(),
        application.revision(),
        revision.script(),
        revision.graph(),
        diagnostics,
        diff,
        application.createdAt(),
        application.createdBy(),
        application.updatedAt(),
        application.updatedBy());
  }

  private static String etag(ApplicationRecord application) {
    return "\"" + application.revision() + "\"";
  }

  /** The revision that If-Match names; null when it names none. */
  private Long expected(String name, String ifMatch) {
    if (ifMatch == null || ifMatch.isBlank() || ifMatch.strip().equals("*")) {
      return null;
    }
    String tag = ifMatch.strip().replaceFirst("^W/", "").replace("\"", "");
    try {
      return Long.parseLong(tag);
    } catch (NumberFormatException e) {
      throw ControlError.CHANGED_MEANWHILE.with(name, get(name).revision()).because(e);
    }
  }
}
