package io.millrace.flow.diagnostic;

/** The kinds of things that can be wrong with a script. */
public enum Code {
  /** The text does not follow the grammar. */
  SYNTAX,
  /** The script or an expression in it is too large to be compiled. */
  TOO_LARGE,
  /** The script has to begin with CREATE APPLICATION, once. */
  NO_APPLICATION,
  /** END FLOW without CREATE FLOW, or the other way round. */
  UNBALANCED_FLOW,
  /** A name that is taken already. */
  DUPLICATE_NAME,
  /** A name that cannot be used. */
  INVALID_NAME,
  /** No such stream. */
  UNKNOWN_STREAM,
  /** No such source. */
  UNKNOWN_SOURCE,
  /** No such table in the source's database. */
  UNKNOWN_TABLE,
  /** No such column. */
  UNKNOWN_COLUMN,
  /** A column's name fits several inputs. */
  AMBIGUOUS_COLUMN,
  /** No such function. */
  UNKNOWN_FUNCTION,
  /** No such type. */
  UNKNOWN_TYPE,
  /** No such connector. */
  UNKNOWN_CONNECTOR,
  /** No such option. */
  UNKNOWN_OPTION,
  /** An option that the connector cannot do without. */
  MISSING_OPTION,
  /** An option's value that does not fit. */
  INVALID_OPTION,
  /** No such model. */
  UNKNOWN_MODEL,
  /** A model that cannot be loaded. */
  INVALID_MODEL,
  /** No such secret. */
  UNKNOWN_SECRET,
  /** Types that do not go together. */
  TYPE_MISMATCH,
  /** A query that is wrong in another way. */
  INVALID_QUERY,
  /** A text in EPL that is wrong. */
  INVALID_EPL,
  /** A text in EPL that could not be checked now. */
  EPL_NOT_CHECKED,
  /** A statement that is wrong in another way. */
  INVALID_STATEMENT,
  /** A cache that is joined on anything but its whole key. */
  CACHE_KEY,
  /** A database that cannot be asked now. */
  SOURCE_UNAVAILABLE,
  /** Part of the language, but of a later version of Millrace. */
  NOT_YET_SUPPORTED,
  /** Something to know, not to change. */
  NOTE
}
