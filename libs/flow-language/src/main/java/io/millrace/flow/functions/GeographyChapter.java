package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;

/** Places on the earth and in the plane. */
final class GeographyChapter {

  private GeographyChapter() {}

  static List<FunctionDefinition> definitions() {
    return new Chapter(FunctionCategory.GEOGRAPHY)
        .function(
            "DISTANCE(latitude NUMBER, longitude NUMBER, latitude2 NUMBER, longitude2 NUMBER) ->"
                + " DOUBLE",
            "Metres between two places given in degrees, along a great circle of a sphere with the"
                + " earth's mean radius (6371008.8 m).",
            gives("ROUND(DISTANCE(52.52, 13.405, 48.137, 11.575) / 1000)", "504.0"))
        .function(
            "POINT_IN_CIRCLE(x NUMBER, y NUMBER, centre_x NUMBER, centre_y NUMBER, radius NUMBER)"
                + " -> BOOLEAN",
            "Whether a point of the plane is in a circle or on its edge. For places on the earth"
                + " compare DISTANCE with the radius in metres.",
            gives("POINT_IN_CIRCLE(3, 4, 0, 0, 5)", "true"),
            gives("POINT_IN_CIRCLE(3, 4.1, 0, 0, 5)", "false"))
        .function(
            "POINT_IN_POLYGON(x NUMBER, y NUMBER, polygon STRING) -> BOOLEAN\n"
                + "POINT_IN_POLYGON(x NUMBER, y NUMBER, corners ARRAY) -> BOOLEAN",
            "Whether a point of the plane is in a polygon or on its edge. The polygon is well-known"
                + " text, POLYGON with holes or MULTIPOLYGON, or an array of its corners' x and y"
                + " in turn. For places on the earth x is the longitude and y the latitude; edges"
                + " are straight lines of the map then, and none may cross the 180th meridian.",
            gives("POINT_IN_POLYGON(1, 1, 'POLYGON((0 0, 4 0, 4 4, 0 4, 0 0))')", "true"),
            gives(
                "POINT_IN_POLYGON(2, 2, 'POLYGON((0 0, 4 0, 4 4, 0 4), (1 1, 3 1, 3 3, 1 3))')",
                "false"),
            gives("POINT_IN_POLYGON(5, 1, ARRAY[0, 0, 4, 0, 4, 4, 0, 4])", "false"))
        .function(
            "ZONE_AT(x NUMBER, y NUMBER, zones STRING) -> STRING?",
            "The name of the zone that a point is in: the first whose polygon contains it, NULL"
                + " when none does. The zones are a JSON object of names and polygons as"
                + " POINT_IN_POLYGON takes them, a constant or a column of a cache, for instance of"
                + " one with a row for each floor. Where something enters or leaves a zone, the"
                + " zone differs from the one before: LAG(zone) OVER (PARTITION BY device ORDER BY"
                + " ts) IS DISTINCT FROM zone.",
            gives(
                "ZONE_AT(6, 1, '{\"a\": \"POLYGON((0 0, 4 0, 4 4, 0 4))\","
                    + " \"b\": \"POLYGON((4 0, 8 0, 8 4, 4 4))\"}')",
                "'b'"),
            gives("ZONE_AT(9, 9, '{\"a\": \"POLYGON((0 0, 4 0, 4 4, 0 4))\"}')", "NULL"))
        .definitions();
  }
}
