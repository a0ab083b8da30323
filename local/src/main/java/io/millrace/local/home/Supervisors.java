package io.millrace.local.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells a supervisor from another program that has got its pid since. */
public final class Supervisors {

  private Supervisors() {}

  /** Whether this process is the supervisor of this home. */
  public static boolean runs(long pid, Path home) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent()
        && isSupervisor(commandLine(pid), home);
  }

  private static boolean isSupervisor(String commandLine, Path home) {
    return commandLine.isEmpty()
        || (commandLine.contains("SupervisorMain") && commandLine.contains(home.toString()));
  }

  private static String commandLine(long pid) {
    Path proc = Path.of("/proc/" + pid + "/cmdline");
    try {
      if (Files.exists(proc)) {
        return Files.readString(proc).replace('\0', ' ');
      }
    } catch (IOException e) {
      return "gone";
    }
    return ProcessHandle.of(pid).flatMap(handle -> handle.info().commandLine()).orElse("");
  }
}
