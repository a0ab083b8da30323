package io.millrace.rows.library;

import java.util.List;

/** An area of a plane, bounded by rings of straight edges; what is on an edge is inside. */
public final class Polygon implements Prepared {

  private static final Cache<Polygon> CACHE = new Cache<>(t -> new Polygon(WktReader.rings(t)));

  private final double[][] rings;
  private final double left;
  private final double right;
  private final double bottom;
  private final double top;

  Polygon(List<double[]> rings) {
    this.rings = rings.toArray(double[][]::new);
    double minX = Double.POSITIVE_INFINITY;
    double maxX = Double.NEGATIVE_INFINITY;
    double minY = Double.POSITIVE_INFINITY;
    double maxY = Double.NEGATIVE_INFINITY;
    for (double[] ring : rings) {
      for (int i = 0; i < ring.length; i += 2) {
        minX = Math.min(minX, ring[i]);
        maxX = Math.max(maxX, ring[i]);
        minY = Math.min(minY, ring[i + 1]);
        maxY = Math.max(maxY, ring[i + 1]);
      }
    }
    this.left = minX;
    this.right = maxX;
    this.bottom = minY;
    this.top = maxY;
  }

  /**
   * A polygon of well-known text.
   *
   * @throws RowException if it is none
   */
  public static Polygon of(String text) {
    return CACHE.get(text);
  }

  /** By the parity of the edges to the right of the point. */
  boolean contains(double x, double y) {
    if (!(x >= left && x <= right && y >= bottom && y <= top)) {
      return false;
    }
    boolean inside = false;
    for (double[] ring : rings) {
      double x1 = ring[ring.length - 2];
      double y1 = ring[ring.length - 1];
      for (int i = 0; i < ring.length; i += 2) {
        double x2 = ring[i];
        double y2 = ring[i + 1];
        // Above 0 when the point is on the left of the edge, 0 on its line.
        double side = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1);
        if (side == 0
            && x >= Math.min(x1, x2)
            && x <= Math.max(x1, x2)
            && y >= Math.min(y1, y2)
            && y <= Math.max(y1, y2)) {
          return true;
        }
        if ((y1 > y) != (y2 > y) && (side > 0) == (y2 > y1)) {
          inside = !inside;
        }
        x1 = x2;
        y1 = y2;
      }
    }
    return inside;
  }
}
