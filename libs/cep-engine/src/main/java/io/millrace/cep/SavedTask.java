package io.millrace.cep;

import io.millrace.cep.state.StateReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** What a task has saved, taken apart. Each part is read once. */
final class SavedTask {

  private final Clocks clocks;
  private final Map<String, Deque<StateReader>> operators = new HashMap<>();

  private SavedTask(Clocks clocks) {
    this.clocks = clocks;
  }

  /**
   * Takes state apart.
   *
   * @throws IllegalArgumentException if its format is another one
   */
  static SavedTask of(byte[] state) {
    StateReader in = new StateReader(state);
    int format = in.readInt();
    if (format != StatefulTask.FORMAT) {
      throw new IllegalArgumentException(
          "the state has format %d, and this version reads format %d"
              .formatted(format, StatefulTask.FORMAT));
    }
    SavedTask saved = new SavedTask(Clocks.ofWhole(in));
    for (int i = in.readInt(); i > 0; i--) {
      saved.operators.computeIfAbsent(in.readString(), s -> new ArrayDeque<>()).add(in.readPart());
    }
    return saved;
  }

  Clocks clocks() {
    return clocks;
  }

  /** The signatures of the operators. */
  Set<String> signatures() {
    return operators.keySet();
  }

  /**
   * What an operator of that signature has saved; the last one stays, for further ones, as all of
   * them remember the same. Null when there is none.
   */
  StateReader take(String signature) {
    Deque<StateReader> saved = operators.get(signature);
    if (saved == null) {
      return null;
    }
    return saved.size() > 1 ? saved.remove() : saved.element().again();
  }
}
