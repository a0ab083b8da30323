package io.millrace.local.supervisor;

import java.util.ArrayList;
import java.util.List;

/** How the JVMs of a local stack run. */
public final class JvmOptions {

  /**
   * Ten times the invocations and turns that the optimizing compiler waits for by default: a start
   * runs much code a few thousand times and never again, and compiling that well took a quarter of
   * its time. What every event passes through gets there all the same.
   */
  private static final List<String> LATE_OPTIMIZATION =
      List.of(
          "-XX:Tier4InvocationThreshold=50000",
          "-XX:Tier4MinInvocationThreshold=10000",
          "-XX:Tier4CompileThreshold=150000",
          "-XX:Tier4BackEdgeThreshold=400000");

  /**
   * All services share a heap and one optimizing compiler. As much code and as many classes as all
   * of them have would make the JVM collect its whole heap every now and then, half a second in
   * which no event moves; it is told that they are to be expected.
   */
  public static final List<String> ONE_JVM =
      hot(
          "-Xms192m",
          "-Xmx768m",
          "-XX:MetaspaceSize=192m",
          "-XX:ReservedCodeCacheSize=256m",
          "-XX:SweeperThreshold=50");

  /** Only starts and watches others. */
  public static final List<String> SUPERVISOR = small("-Xms16m", "-Xmx96m");

  /** A service that is started once and then idle most of the time: quick to start, small. */
  static final List<String> SMALL_SERVICE = small("-Xms32m", "-Xmx256m");

  /** A service that every event passes through: it keeps the optimizing compiler. */
  static final List<String> HOT_SERVICE = hot("-Xms64m", "-Xmx512m");

  private JvmOptions() {}

  private static List<String> small(String... more) {
    return join(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), List.of(more));
  }

  private static List<String> hot(String... more) {
    return join(List.of("-XX:+UseSerialGC"), join(LATE_OPTIMIZATION, List.of(more)));
  }

  private static List<String> join(List<String> some, List<String> more) {
    List<String> all = new ArrayList<>(some);
    all.addAll(more);
    return List.copyOf(all);
  }
}
