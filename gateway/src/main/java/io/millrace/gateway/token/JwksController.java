package io.millrace.gateway.token;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Hidden
class JwksController {

  private final SigningKeys keys;

  JwksController(SigningKeys keys) {
    this.keys = keys;
  }

  /** The public keys by which every service checks tokens (RFC 7517). */
  @GetMapping("/oauth2/jwks")
  Map<String, Object> keys() {
    return keys.published().toJSONObject();
  }
}
