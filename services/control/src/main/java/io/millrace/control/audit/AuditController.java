package io.millrace.control.audit;

import io.millrace.control.web.Page;
import io.millrace.service.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/audit")
@Tag(name = "audit")
class AuditController {

  private final AuditLog log;

  AuditController(AuditLog log) {
    this.log = log;
  }

  @GetMapping
  @PreAuthorize(Roles.HAS_ADMIN)
  @Operation(summary = "Who changed what, the latest first")
  Page<AuditLog.Entry> entries(
      @RequestParam(required = false) String target,
      @RequestParam(required = false) String cursor,
      @RequestParam(required = false) Integer limit) {
    return log.entries(target, cursor, Page.size(limit));
  }
}
