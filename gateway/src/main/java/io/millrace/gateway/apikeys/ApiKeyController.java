package io.millrace.gateway.apikeys;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/api-keys")
@PreAuthorize("hasRole('ADMIN')")
@Tag(name = "api-keys")
class ApiKeyController {

  private final ApiKeys keys;

  ApiKeyController(ApiKeys keys) {
    this.keys = keys;
  }

  record Keys(List<ApiKeys.ApiKey> items) {}

  record NewKey(String name, String role, Instant expiresAt) {}

  record MadeKey(String name, String key) {}

  @GetMapping
  @Operation(summary = "All API keys, without what their owners hold")
  Keys list() {
    return new Keys(keys.list());
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(summary = "Make an API key; the answer is the only time that it is shown")
  MadeKey create(@RequestBody NewKey key) {
    return new MadeKey(key.name(), keys.create(key.name(), key.role(), key.expiresAt()));
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(summary = "Delete an API key; it is refused from now on")
  void delete(@PathVariable String name) {
    keys.delete(name);
  }
}
