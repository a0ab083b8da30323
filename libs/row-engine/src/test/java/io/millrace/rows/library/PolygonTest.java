package io.millrace.rows.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Path2D;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolygonTest {

  @Test
  void edgesAndCornersAreInsideHolesAreNot() {
    Polygon ring =
        Polygon.of("Polygon ( (0 0, 10 0, 10 10, 0 10, 0 0) , (4 4, 6 4, 6 6, 4 6, 4 4) )");
    assertThat(ring.contains(0, 0)).isTrue();
    assertThat(ring.contains(10, 3)).isTrue();
    assertThat(ring.contains(3, 10)).isTrue();
    assertThat(ring.contains(5, 5)).isFalse();
    assertThat(ring.contains(4, 5)).isTrue();
    assertThat(ring.contains(11, 5)).isFalse();
    assertThat(ring.contains(-1, 0)).isFalse();
    assertThat(ring.contains(Double.NaN, 5)).isFalse();
  }

  @Test
  void severalPolygonsAreOneArea() {
    Polygon two = Polygon.of("MULTIPOLYGON(((0 0, 1 0, 1 1, 0 1)), ((5 5, 6.5e0 5, 6.5 6, 5 6)))");
    assertThat(two.contains(0.5, 0.5)).isTrue();
    assertThat(two.contains(6.4, 5.5)).isTrue();
    assertThat(two.contains(3, 3)).isFalse();
  }

  @Test
  void agreesWithTheGeometryOfTheJdk() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      double[] ring = new double[2 * random.nextInt(3, 12)];
      Path2D.Double path = new Path2D.Double(Path2D.WIND_EVEN_ODD);
      for (int i = 0; i < ring.length; i += 2) {
        ring[i] = random.nextDouble();
        ring[i + 1] = random.nextDouble();
        if (i == 0) {
          path.moveTo(ring[0], ring[1]);
        } else {
          path.lineTo(ring[i], ring[i + 1]);
        }
      }
      path.closePath();
      Polygon polygon = new Polygon(List.of(ring));
      for (int i = 0; i < 200; i++) {
        double x = random.nextDouble();
        double y = random.nextDouble();
        assertThat(polygon.contains(x, y)).isEqualTo(path.contains(x, y));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "POINT(1 2)",
        "POLYGON",
        "POLYGON((0 0, 1 1))",
        "POLYGON((0 0, 1 1, 2))",
        "POLYGON((0 0, 1 1, 2 2)",
        "POLYGON((0 0, 1 1, a 2))",
        "POLYGON((0 0, 1 1, 2 0)) x"
      })
  void whatIsNoPolygonIsRefusedWithAWord(String text) {
    assertThatThrownBy(() -> Polygon.of(text))
        .isInstanceOf(RowException.class)
        .hasMessageContaining("is no polygon")
        .hasMessageContaining("at character");
  }
}
