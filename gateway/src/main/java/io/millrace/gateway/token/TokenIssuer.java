package io.millrace.gateway.token;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Issues access tokens: signed JWTs with the name and the role of their owner. */
@Component
public class TokenIssuer {

  private final NimbusJwtEncoder encoder;
  private final String issuer;
  private final Duration lifetime;

  TokenIssuer(
      SigningKeys keys,
      @Value("${millrace.issuer}") String issuer,
      @Value("${millrace.tokens.access}") Duration lifetime) {
    this.encoder =
        new NimbusJwtEncoder(new ImmutableJWKSet<SecurityContext>(new JWKSet(keys.signing())));
    this.issuer = issuer;
    this.lifetime = lifetime;
  }

  /** How long an access token is good for. */
  public Duration lifetime() {
    return lifetime;
  }

  /** A token for a person or a program. */
  public String issue(String name, String role) {
    return issue(name, role, lifetime);
  }

  /** A token that is good for a given time, for instance for one request. */
  public String issue(String name, String role, Duration goodFor) {
    Instant now = Instant.now();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(issuer)
            .subject(name)
            .id(UUID.randomUUID().toString())
            .issuedAt(now)
            .expiresAt(now.plus(goodFor))
            .claim("roles", List.of(role))
            .build();
    JwsHeader header = JwsHeader.with(SignatureAlgorithm.ES256).build();
    return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
  }
}
