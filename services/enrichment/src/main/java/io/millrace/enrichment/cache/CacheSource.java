package io.millrace.enrichment.cache;

import java.time.Duration;

/** Where a cache is loaded from as a whole. Used by one thread. */
interface CacheSource {

  /** Takes the rows of a load. */
  interface Rows {
    /**
     * @param row laid out as the cache's row
     */
    void row(Object[] row);

    /**
     * Something that is no row of the cache.
     *
     * @param location where it stands, unique within the source
     */
    void rejected(String location, String reason, String original);
  }

  /**
   * Changes when loading again would give something else; null when only loading tells.
   *
   * @throws Exception if the source cannot be reached; the message says why
   */
  String version() throws Exception;

  /** How often to load again; null: when the version changes. */
  Duration refresh();

  /**
   * Gives all rows.
   *
   * @throws Exception if the source cannot be read; the message says why
   */
  void load(Rows rows) throws Exception;
}
