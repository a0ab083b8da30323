package io.millrace.rows.library;

/** Places on the earth. */
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

  private static void check(double latitude, double longitude) {
    if (!(Math.abs(latitude) <= 90) || !(Math.abs(longitude) <= 360)) {
      throw RowException.badArgument(latitude + ", " + longitude + " is no place in degrees");
    }
  }
}
