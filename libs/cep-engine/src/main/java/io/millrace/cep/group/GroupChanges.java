package io.millrace.cep.group;

/** Takes what changed of groups since they were written down last. */
@FunctionalInterface
public interface GroupChanges {

  /**
   * One group. What is said of it later replaces this.
   *
   * @param tag of the step that remembers it
   * @param key its key, as bytes
   * @param content what was gathered for it; null when it is forgotten
   */
  void changed(long tag, byte[] key, byte[] content);
}
