package io.millrace.service.security;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;

/**
 * What a service allows beyond the common rules, declared before them: health is open; reading
 * needs any role; everything else needs OPERATOR, unless a handler's {@code @PreAuthorize} asks for
 * more.
 */
@FunctionalInterface
public interface AccessRules {

  void declare(
      AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
          rules);
}
