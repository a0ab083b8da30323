package io.millrace.cep.match;

/**
 * What may come next in a pattern: a row that is a variable, or the end of the match.
 *
 * @param number tells it from others of the program
 * @param variable what the row has to be; -1: the match ends here and takes no row
 * @param position where in the program one is with that row
 * @param keepers variables that the row must not be able to be, as they would keep it
 */
record Option(int number, int variable, int position, int[] keepers) {

  boolean ends() {
    return variable < 0;
  }
}
