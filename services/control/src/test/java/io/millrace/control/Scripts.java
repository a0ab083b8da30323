package io.millrace.control;

/** Scripts of the tests. */
final class Scripts {

  private Scripts() {}

  /** numbers → evens → delivered, and evens → big → archive. */
  static String chain(String name) {
    return """
    CREATE APPLICATION %s;
    CREATE SOURCE numbers (id INT, name STRING) WITH (connector = 'numbers', rate = 10);
    CREATE STREAM evens PARTITION BY id WITH (partitions = 3, retention = '1 day') AS
      SELECT id, name FROM numbers WHERE MOD(id, 2) = 0;
    CREATE STREAM big AS SELECT id, name FROM evens WHERE id > 100;
    CREATE SINK delivered FROM evens WITH (connector = 'file', directory = '/tmp/out');
    CREATE SINK archive FROM big WITH (connector = 'file', directory = '/tmp/archive');
    """
        .formatted(name);
  }
}
