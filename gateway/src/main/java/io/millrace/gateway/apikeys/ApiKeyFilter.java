package io.millrace.gateway.apikeys;

import io.millrace.gateway.token.TokenIssuer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns a good API key in {@code X-API-Key} into a token for this one request, so that all that
 * follows, here and in the services, knows tokens alone. Runs before the security filters.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class ApiKeyFilter extends OncePerRequestFilter {

  private static final String HEADER = "X-API-Key";
  private static final Duration GOOD_FOR = Duration.ofMinutes(5);

  private final ApiKeys keys;
  private final TokenIssuer issuer;

  ApiKeyFilter(ApiKeys keys, TokenIssuer issuer) {
    this.keys = keys;
    this.issuer = issuer;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String shown = request.getHeader(HEADER);
    Optional<ApiKeys.ApiKey> key = shown == null ? Optional.empty() : keys.find(shown);
    if (key.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    String token = issuer.issue("api-key:" + key.get().name(), key.get().role(), GOOD_FOR);
    chain.doFilter(new WithToken(request, "Bearer " + token), response);
  }

  private static final class WithToken extends HttpServletRequestWrapper {
    private final String authorization;

    WithToken(HttpServletRequest request, String authorization) {
      super(request);
      this.authorization = authorization;
    }

    @Override
    public String getHeader(String name) {
      return isAuthorization(name) ? authorization : super.getHeader(name);
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return isAuthorization(name)
          ? Collections.enumeration(List.of(authorization))
          : super.getHeaders(name);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
      names.removeIf(name -> isAuthorization(name) || name.equalsIgnoreCase(HEADER));
      names.add(HttpHeaders.AUTHORIZATION);
      return Collections.enumeration(names);
    }

    private static boolean isAuthorization(String name) {
      return HttpHeaders.AUTHORIZATION.equalsIgnoreCase(name);
    }
  }
}
