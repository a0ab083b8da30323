package io.millrace.gateway.login;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.millrace.gateway.GatewayError;
import io.millrace.gateway.token.TokenIssuer;
import io.millrace.gateway.users.Accounts;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/auth")
@Tag(name = "auth")
class AuthController {

  private final Accounts accounts;
  private final TokenIssuer issuer;
  private final RefreshTokens refreshTokens;
  private final LoginThrottle throttle;

  AuthController(
      Accounts accounts, TokenIssuer issuer, RefreshTokens refreshTokens, LoginThrottle throttle) {
    this.accounts = accounts;
    this.issuer = issuer;
    this.refreshTokens = refreshTokens;
    this.throttle = throttle;
  }

  /** A name with its password, or a refresh token. */
  record Credentials(
      String username, String password, @JsonProperty("refresh_token") String refreshToken) {}

  record Tokens(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      @JsonProperty("refresh_token") String refreshToken) {}

  record Me(String name, List<String> roles) {}

  record RefreshToken(@JsonProperty("refresh_token") String refreshToken) {}

  @PostMapping("/token")
  @Operation(summary = "Exchange a name and a password, or a refresh token, for tokens")
  Tokens token(@RequestBody Credentials credentials, HttpServletRequest request) {
    if (credentials.refreshToken() != null) {
      return refreshTokens
          .redeem(credentials.refreshToken())
          .flatMap(accounts::find)
          .filter(Accounts.Account::enabled)
          .map(this::tokens)
          .orElseThrow(GatewayError.REFRESH_TOKEN_EXPIRED::with);
    }
    if (credentials.username() == null || credentials.password() == null) {
      throw GatewayError.CREDENTIALS_MISSING.with();
    }
    String address = request.getRemoteAddr();
    throttle.admit(credentials.username(), address);
    Accounts.Account account =
        accounts
            .authenticate(credentials.username(), credentials.password())
            .orElseThrow(() -> {
              throttle.failed(credentials.username(), address);
              return GatewayError.WRONG_CREDENTIALS.with();
            });
    throttle.succeeded(credentials.username(), address);
    return tokens(account);
  }

  @GetMapping("/me")
  @Operation(summary = "Who one is, and as what")
  Me me(@AuthenticationPrincipal Jwt token) {
    return new Me(token.getSubject(), token.getClaimAsStringList("roles"));
  }

  @PostMapping("/logout")
  @PreAuthorize("isAuthenticated()")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      summary = "Use a refresh token up without a new one; access tokens run out by themselves")
  void logout(@RequestBody RefreshToken token) {
    if (token.refreshToken() != null) {
      refreshTokens.redeem(token.refreshToken());
    }
  }

  private Tokens tokens(Accounts.Account account) {
    return new Tokens(
        issuer.issue(account.name(), account.role()),
        "Bearer",
        issuer.lifetime().toSeconds(),
        refreshTokens.issue(account.name()));
  }
}
