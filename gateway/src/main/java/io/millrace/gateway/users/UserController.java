package io.millrace.gateway.users;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/users")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "users")
class UserController {

  private final Accounts accounts;
  private final AccessAudit audit;

  UserController(Accounts accounts, AccessAudit audit) {
    this.accounts = accounts;
    this.audit = audit;
  }

  record Users(List<Accounts.Account> items) {}

  record NewUser(String name, String password, String role) {}

  /** What is null stays as it is. */
  record UserChange(String password, String role, Boolean enabled) {}

  record Audit(List<AccessAudit.Entry> items) {}

  @GetMapping
  @Operation(summary = "All users")
  Users list() {
    return new Users(accounts.list());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Create a user with a role: ADMIN, DEVELOPER, OPERATOR or VIEWER")
  Accounts.Account create(@RequestBody NewUser user) {
    return accounts.create(user.name(), user.password(), user.role());
  }

  @PutMapping("/{name}")
  @Operation(summary = "Change a user's password, role, or whether they may log in")
  Accounts.Account change(@PathVariable String name, @RequestBody UserChange change) {
    return accounts.change(name, change.password(), change.role(), change.enabled());
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete a user")
  void delete(@PathVariable String name) {
    accounts.delete(name);
  }

  @GetMapping("/audit")
  @Operation(summary = "Who changed users and API keys, the latest first")
  Audit audit(@RequestParam(defaultValue = "100") int limit) {
    return new Audit(audit.latest(Math.clamp(limit, 1, 1000)));
  }
}
