package io.millrace.gateway.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.millrace.service.secret.SecretCipher;
import java.text.ParseException;
import java.util.List;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The key that signs tokens (ES256): made once, kept in the database under the platform's secret
 * key, and the same for all gateways.
 */
@Component
public class SigningKeys {

  /** Any number that no other code locks. */
  private static final long LOCK = 7_310_571_946_281L;

  private final ECKey key;

  SigningKeys(
      JdbcClient database,
      TransactionTemplate transactions,
      @Value("${millrace.secret-key:}") String secretKey) {
    SecretCipher cipher = SecretCipher.of(secretKey);
    key = transactions.execute(_ -> loadOrMake(database, cipher));
  }

  /** The key with its private part; stays in this process. */
  ECKey signing() {
    return key;
  }

  /** What everybody may know. */
  JWKSet published() {
    return new JWKSet(key.toPublicJWK());
  }

  private static ECKey loadOrMake(JdbcClient database, SecretCipher cipher) {
    database
        .sql("SELECT 1 FROM (SELECT pg_advisory_xact_lock(?)) AS l")
        .param(LOCK)
        .query()
        .singleColumn();
    List<String> kept =
        database
            .sql("SELECT ciphertext FROM signing_key ORDER BY created_at DESC LIMIT 1")
            .query(String.class)
            .list();
    try {
      if (!kept.isEmpty()) {
        return ECKey.parse(cipher.decrypt(kept.getFirst()));
      }
      ECKey made =
          new ECKeyGenerator(Curve.P_256)
              .keyUse(KeyUse.SIGNATURE)
              .keyID(UUID.randomUUID().toString())
              .generate();
      database
          .sql("INSERT INTO signing_key (id, ciphertext) VALUES (?, ?)")
          .params(made.getKeyID(), cipher.encrypt(made.toJSONString()))
          .update();
      return made;
    } catch (JOSEException | ParseException e) {
      throw new IllegalStateException("the key that signs tokens cannot be read or made", e);
    }
  }
}
