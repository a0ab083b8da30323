package io.millrace.service.security;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.web.SecurityFilterChain;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every service is an OAuth2 resource server: it checks each token itself, against the public keys
 * at {@code millrace.jwks-uri}.
 */
@AutoConfiguration(before = ServletWebSecurityAutoConfiguration.class)
@EnableMethodSecurity
public class KitSecurityAutoConfiguration {

  /**
   * Keys are kept for five minutes, and for hours while the issuer cannot be reached: the gateway
   * may restart without anybody noticing.
   */
  @Bean
  @ConditionalOnMissingBean
  JwtDecoder jwtDecoder(Environment environment) throws MalformedURLException {
    URI keys = URI.create(environment.getRequiredProperty("millrace.jwks-uri"));
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            Set.of(JWSAlgorithm.ES256, JWSAlgorithm.RS256),
            JWKSourceBuilder.<SecurityContext>create(keys.toURL())
                .retrying(true)
                .outageTolerant(Duration.ofHours(12).toMillis())
                .build()));
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        JwtValidators.createDefaultWithIssuer(environment.getRequiredProperty("millrace.issuer")));
    return decoder;
  }

  @Bean
  @ConditionalOnMissingBean
  JwtAuthenticationConverter jwtAuthenticationConverter(Environment environment) {
    JwtGrantedAuthoritiesConverter roles = new JwtGrantedAuthoritiesConverter();
    roles.setAuthoritiesClaimName(environment.getProperty("millrace.roles-claim", "roles"));
    roles.setAuthorityPrefix("ROLE_");
    JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
    converter.setJwtGrantedAuthoritiesConverter(roles);
    return converter;
  }

  @Bean
  static RoleHierarchy roleHierarchy() {
    return RoleHierarchyImpl.withDefaultRolePrefix()
        .role(Roles.ADMIN)
        .implies(Roles.DEVELOPER)
        .role(Roles.DEVELOPER)
        .implies(Roles.OPERATOR)
        .role(Roles.OPERATOR)
        .implies(Roles.VIEWER)
        .build();
  }

  @Bean
  ProblemEntryPoint problemEntryPoint(JsonMapper json) {
    return new ProblemEntryPoint(json);
  }

  @Bean
  @ConditionalOnMissingBean
  SecurityFilterChain securityFilterChain(
      HttpSecurity http,
      ObjectProvider<AccessRules> accessRules,
      JwtAuthenticationConverter converter,
      ProblemEntryPoint problems) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .requestCache(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(rules -> {
          rules
              .dispatcherTypeMatchers(
                  jakarta.servlet.DispatcherType.ASYNC, jakarta.servlet.DispatcherType.ERROR)
              .permitAll();
          rules.requestMatchers("/actuator/health", "/actuator/health/**").permitAll();
          accessRules.orderedStream().forEach(rule -> rule.declare(rules));
          rules
              .requestMatchers(HttpMethod.GET, "/**")
              .hasRole(Roles.VIEWER)
              .requestMatchers(HttpMethod.HEAD, "/**")
              .hasRole(Roles.VIEWER)
              .anyRequest()
              .hasRole(Roles.OPERATOR);
        })
        .oauth2ResourceServer(server ->
            server
                .jwt(jwt -> jwt.jwtAuthenticationConverter(converter))
                .authenticationEntryPoint(problems)
                .accessDeniedHandler(problems))
        .exceptionHandling(e -> e.authenticationEntryPoint(problems).accessDeniedHandler(problems))
        .build();
  }
}
