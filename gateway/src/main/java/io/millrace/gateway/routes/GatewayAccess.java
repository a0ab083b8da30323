package io.millrace.gateway.routes;

import io.millrace.service.security.AccessRules;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

/** What is open to everybody: the login, the public keys, the interface's files, the OpenAPI. */
@Configuration(proxyBeanMethods = false)
class GatewayAccess {

  @Bean
  AccessRules openDoors() {
    return rules ->
        rules
            .requestMatchers(HttpMethod.POST, "/api/v1/auth/token")
            .permitAll()
            .requestMatchers(HttpMethod.POST, "/api/v1/auth/logout")
            .authenticated()
            .requestMatchers("/internal/**")
            .denyAll()
            .requestMatchers("/api/**")
            .authenticated()
            .requestMatchers(HttpMethod.GET, "/oauth2/jwks", "/v3/api-docs/**")
            .permitAll()
            .requestMatchers("/actuator/**")
            .hasRole("VIEWER")
            .requestMatchers(HttpMethod.GET, "/**")
            .permitAll();
  }
}
