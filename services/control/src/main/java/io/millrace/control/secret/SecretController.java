package io.millrace.control.secret;

import io.millrace.control.ControlError;
import io.millrace.control.web.Page;
import io.millrace.service.security.Roles;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/secrets")
@Tag(name = "secrets")
class SecretController {

  private final SecretStore store;

  SecretController(SecretStore store) {
    this.store = store;
  }

  record Value(String value) {
    @Override
    public String toString() {
      return "Value[***]";
    }
  }

  @GetMapping
  @Operation(summary = "The names of the secrets; values are never returned")
  Page<SecretStore.Description> all() {
    return new Page<>(store.all(), null);
  }

  @GetMapping("/{name}")
  @Operation(summary = "When a secret was stored, and by whom")
  SecretStore.Description one(@PathVariable String name) {
    return store.all().stream()
        .filter(secret -> secret.name().equals(name))
        .findFirst()
        .orElseThrow(() -> ControlError.SECRET_NOT_FOUND.with(name));
  }

  @PutMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "Stores a secret; what runs with it restarts when its value is another")
  void put(@PathVariable String name, @RequestBody Value value) {
    store.put(name, value.value());
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @PreAuthorize(Roles.HAS_DEVELOPER)
  @Operation(summary = "Deletes a secret that no application uses")
  void delete(@PathVariable String name) {
    store.delete(name);
  }
}
