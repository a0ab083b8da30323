package io.millrace.cep;

/** Where rows go next. */
interface Step {

  /**
   * @return false when the row came too late
   */
  boolean row(Object[] row, long time);
}
