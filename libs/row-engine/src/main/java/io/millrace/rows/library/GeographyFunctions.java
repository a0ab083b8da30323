package io.millrace.rows.library;

import java.util.List;

/** Places on the earth and in the plane. */
public final class GeographyFunctions {
  /** The mean radius of the earth in metres (IUGG). */
  private static final double RADIUS = 6_371_008.8;

  private GeographyFunctions() {}

  /** The haversine formula. */
  @Function("DISTANCE")
  public static double distance(
      double latitude, double longitude, double latitude2, double longitude2) {
    check(latitude, longitude);
    check(latitude2, longitude2);
    double a = Math.toRadians(latitude);
    double b = Math.toRadians(latitude2);
    double north = Math.sin((b - a) / 2);
    double east = Math.sin(Math.toRadians(longitude2 - longitude) / 2);
    double h = north * north + Math.cos(a) * Math.cos(b) * east * east;
    return 2 * RADIUS * Math.asin(Math.sqrt(Math.min(1, h)));
  }

  @Function("POINT_IN_POLYGON")
  public static boolean pointInPolygon(double x, double y, Polygon polygon) {
    return polygon.contains(x, y);
  }

  /** With the corners as x, y, x, y and so on. */
  @Function("POINT_IN_POLYGON")
  public static boolean pointInPolygon(double x, double y, List<?> corners) {
    double[] ring = new double[corners.size()];
    for (int i = 0; i < ring.length; i++) {
      if (!(corners.get(i) instanceof Number coordinate)) {
        throw RowException.badArgument("a coordinate of a polygon has to be a number");
      }
      ring[i] = coordinate.doubleValue();
    }
    if (ring.length < 6 || ring.length % 2 != 0) {
      throw RowException.badArgument(
          "the corners of a polygon are three pairs of x and y at least, not "
              + ring.length
              + " numbers");
    }
    return new Polygon(List.of(ring)).contains(x, y);
  }

  @Function("POINT_IN_CIRCLE")
  public static boolean pointInCircle(
      double x, double y, double centreX, double centreY, double radius) {
    double east = x - centreX;
    double north = y - centreY;
    return radius >= 0 && east * east + north * north <= radius * radius;
  }

  @Function("ZONE_AT")
  public static String zoneAt(double x, double y, Zones zones) {
    return zones.at(x, y);
  }

  private static void check(double latitude, double longitude) {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 360)) {
      throw RowException.badArgument(latitude + ", " + longitude + " is no place in degrees");
    }
  }
}
