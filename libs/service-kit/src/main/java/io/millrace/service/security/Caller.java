package io.millrace.service.security;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who asks. */
public final class Caller {

  /** Who did what nobody asked for: the platform itself. */
  public static final String SYSTEM = "millrace";

  private Caller() {}

  /** The name of the person or API key whose request this thread serves; else {@link #SYSTEM}. */
  public static String name() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication == null ? SYSTEM : authentication.getName();
  }
}
