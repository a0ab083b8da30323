package io.millrace.flow.functions;

import static io.millrace.flow.functions.Chapter.gives;

import java.util.List;

/** Places on the earth. */
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
        .definitions();
  }
}
