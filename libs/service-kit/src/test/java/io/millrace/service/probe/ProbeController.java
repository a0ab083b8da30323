package io.millrace.service.probe;

import io.millrace.service.problem.CommonError;
import io.millrace.service.security.Caller;
import io.millrace.service.security.Roles;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import java.util.Map;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ProbeController {

  record Body(@NotBlank String name) {}

  @GetMapping("/who")
  Map<String, String> who() {
    return Map.of("name", Caller.name());
  }

  @PostMapping("/change")
  Map<String, String> change(@Valid @RequestBody Body body) {
    return Map.of("name", body.name());
  }

  @PostMapping("/administer")
  @PreAuthorize(Roles.HAS_ADMIN)
  void administer() {}

  @GetMapping("/missing")
  void missing() {
    throw CommonError.NOT_FOUND.with("/missing").and("hint", "look elsewhere");
  }

  @GetMapping("/broken")
  void broken() {
    throw new IllegalStateException("a secret detail");
  }
}
