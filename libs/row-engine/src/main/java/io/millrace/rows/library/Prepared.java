package io.millrace.rows.library;

/**
 * A text that is worth reading once: a pattern, a path. Implementations have a {@code public
 * static} method {@code of(String)}, which throws {@link RowException} for a bad text; they are
 * immutable.
 */
public interface Prepared {}
