package io.millrace.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApplicationsTest {

  @Test
  void findsTheNameWhereverItIsWritten() {
    assertThat(Applications.nameIn("create application Inventory with (a = 'b');"))
        .isEqualTo("default.inventory");
    assertThat(Applications.nameIn("CREATE APPLICATION shop.\"Stock 1\";"))
        .isEqualTo("shop.Stock 1");
    assertThat(Applications.nameIn("-- CREATE APPLICATION old;\nCREATE  APPLICATION new_one;"))
        .isEqualTo("default.new_one");
    assertThat(Applications.nameIn("/* CREATE APPLICATION old; */ CREATE APPLICATION n;"))
        .isEqualTo("default.n");
    assertThat(Applications.nameIn("SELECT 'CREATE APPLICATION x'")).isNull();
  }
}
