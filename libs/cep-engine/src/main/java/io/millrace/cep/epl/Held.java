package io.millrace.cep.epl;

/** A row that waits until all rows before it have come. */
record Held(int input, Object[] row, long time) {}
