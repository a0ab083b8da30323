package io.millrace.service.security;

/** The roles of people and of API keys. Each may do what the ones after it may. */
public final class Roles {

  public static final String ADMIN = "ADMIN";
  public static final String DEVELOPER = "DEVELOPER";
  public static final String OPERATOR = "OPERATOR";
  public static final String VIEWER = "VIEWER";

  /** For {@code @PreAuthorize}. */
  public static final String HAS_ADMIN = "hasRole('ADMIN')";

  public static final String HAS_DEVELOPER = "hasRole('DEVELOPER')";
  public static final String HAS_OPERATOR = "hasRole('OPERATOR')";
  public static final String HAS_VIEWER = "hasRole('VIEWER')";

  private Roles() {}
}
