package io.millrace.cep;

import io.millrace.rows.RowError;

/** Where what nobody wants goes. */
final class Nowhere implements TaskOutput {

  @Override
  public void row(Object[] row, long time) {}

  @Override
  public void failed(RowError error) {}
}
