package io.millrace.cep.aggregate;

/** What is made of a sum. */
enum SumKind {
  SUM,
  /** 0 without a value. */
  SUM_OR_ZERO,
  AVERAGE
}
