package io.millrace.service.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretCipherTest {

  private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

  private final SecretCipher cipher = SecretCipher.of(KEY);

  @Test
  void givesBackWhatItEncrypted() {
    String ciphertext = cipher.encrypt("pa$$ wörd");
    assertThat(ciphertext).matches("[A-Za-z0-9_-]+").doesNotContain("wörd");
    assertThat(cipher.decrypt(ciphertext)).isEqualTo("pa$$ wörd");
    assertThat(cipher.encrypt("pa$$ wörd")).isNotEqualTo(ciphertext);
  }

  @Test
  void resolvesReferencesInsideOptions() {
    String reference = SecretCipher.reference(cipher.encrypt("a$1\\b"));
    Map<String, String> resolved =
        cipher.resolve(Map.of("url", "x?password=" + reference + "&y", "host", "h"));
    assertThat(resolved).containsEntry("url", "x?password=a$1\\b&y").containsEntry("host", "h");
  }

  @Test
  void anotherKeySaysWhatToDo() {
    byte[] other = new byte[32];
    other[0] = 1;
    String ciphertext = SecretCipher.of(Base64.getEncoder().encodeToString(other)).encrypt("x");
    assertThatThrownBy(() -> cipher.decrypt(ciphertext))
        .isInstanceOf(SecretException.class)
        .hasMessageContaining("store the secret again");
  }

  @Test
  void anAlteredOrCutOffCiphertextIsRefused() {
    String ciphertext = cipher.encrypt("x");
    char last = ciphertext.charAt(5);
    String altered =
        ciphertext.substring(0, 5) + (last == 'A' ? 'B' : 'A') + ciphertext.substring(6);
    assertThatThrownBy(() -> cipher.decrypt(altered)).isInstanceOf(SecretException.class);
    assertThatThrownBy(() -> cipher.decrypt("AAAA")).isInstanceOf(SecretException.class);
    assertThatThrownBy(() -> cipher.decrypt("!")).isInstanceOf(SecretException.class);
  }

  @Test
  void aMissingOrWrongKeySaysHowToMakeOne() {
    assertThatThrownBy(() -> SecretCipher.of(null)).hasMessageContaining("openssl rand");
    assertThatThrownBy(() -> SecretCipher.of("AAAA")).hasMessageContaining("has 3 bytes");
    assertThatThrownBy(() -> SecretCipher.of("§")).hasMessageContaining("not base64");
  }
}
