package io.millrace.rows.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Areas of a plane by their names. */
public final class Zones implements Prepared {

  private static final Cache<Zones> CACHE = new Cache<>(Zones::new);

  private final String[] names;
  private final Polygon[] areas;

  private Zones(String text) {
    JsonNode json = Json.parse(text);
    if (!(json instanceof ObjectNode zones)) {
      throw RowException.badArgument(
          RowException.quote(text) + " is no JSON object of names and polygons");
    }
    this.names = new String[zones.size()];
    this.areas = new Polygon[zones.size()];
    int i = 0;
    for (Map.Entry<String, JsonNode> zone : zones.properties()) {
      names[i] = zone.getKey();
      areas[i++] = new Polygon(WktReader.rings(zone.getValue().asText()));
    }
  }

  /**
   * Zones of a JSON object.
   *
   * @throws RowException if it is none, or one of its values is no polygon
   */
  public static Zones of(String text) {
    return CACHE.get(text);
  }

  /** The name of the first that contains a point, or null. */
  String at(double x, double y) {
    for (int i = 0; i < areas.length; i++) {
      if (areas[i].contains(x, y)) {
        return names[i];
      }
    }
    return null;
  }
}
