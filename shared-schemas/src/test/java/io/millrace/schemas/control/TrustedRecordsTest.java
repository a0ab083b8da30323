package io.millrace.schemas.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrustedRecordsTest {

  @Test
  void aRecordIsReadBackWithoutAnySettingOfAvro() throws Exception {
    SchemaRegistration written = new SchemaRegistration(7L, "\"string\"");
    assertThat(SchemaRegistration.fromByteBuffer(written.toByteBuffer())).isEqualTo(written);
  }
}
