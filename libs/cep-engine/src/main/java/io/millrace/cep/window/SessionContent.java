package io.millrace.cep.window;

import io.millrace.cep.state.StateReader;
import io.millrace.cep.state.StateWriter;

/**
 * What is kept of the rows of a session.
 *
 * @param <C> holds it
 */
interface SessionContent<C> {

  /** For a session that begins with a row; without that row. */
  C begin(Object[] row);

  /** Returns how many bytes of heap more it takes then. */
  long add(C content, Object[] row);

  /** Returns how many bytes of heap more the first takes then. */
  long merge(C content, C later);

  /** How many bytes of heap it takes, about. */
  long heap(C content);

  /** Gives out what a session that has ended comes to. */
  void give(C content, long start, long end);

  void save(C content, StateWriter out);

  C restore(StateReader in);
}
