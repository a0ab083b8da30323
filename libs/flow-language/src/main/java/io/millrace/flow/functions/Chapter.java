package io.millrace.flow.functions;

import io.millrace.flow.functions.FunctionDefinition.Example;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;

/** Collects the definitions of one category. */
final class Chapter {
  private final FunctionCategory category;
  private final List<FunctionDefinition> definitions = new ArrayList<>();

  Chapter(FunctionCategory category) {
    this.category = category;
  }

  List<FunctionDefinition> definitions() {
    return definitions;
  }

  /** A function of our own; several signatures are separated by line ends. */
  Chapter function(String signatures, String description, Example... examples) {
    return function(SqlKind.OTHER_FUNCTION, signatures, description, examples);
  }

  Chapter function(SqlKind kind, String signatures, String description, Example... examples) {
    List<String> all = signatures.lines().map(String::strip).toList();
    List<SqlOperator> operators = List.of(Signature.function(all, kind));
    return add(name(all.getFirst()), all, description, operators, examples);
  }

  /** An aggregate function of our own; signatures of other names are other names of it. */
  Chapter aggregate(SqlKind kind, String signatures, String description, Example... examples) {
    return aggregate(kind, signatures, false, description, examples);
  }

  /** An aggregate function of a fraction, WITHIN GROUP (ORDER BY value). */
  Chapter percentile(String signature, String description, Example... examples) {
    return aggregate(SqlKind.OTHER_FUNCTION, signature, true, description, examples);
  }

  private Chapter aggregate(
      SqlKind kind,
      String signatures,
      boolean percentile,
      String description,
      Example... examples) {
    List<String> all = signatures.lines().map(String::strip).toList();
    List<SqlOperator> operators = new ArrayList<>();
    all.forEach(s -> operators.add(Signature.aggregate(s, kind, percentile)));
    return add(name(all.getFirst()), all, description, operators, examples);
  }

  private static String name(String signature) {
    return signature.substring(0, signature.indexOf('('));
  }

  /** An operator or a function of standard SQL whose types Calcite knows. */
  Chapter standard(
      String name,
      List<SqlOperator> operators,
      String signatures,
      String description,
      Example... examples) {
    return add(
        name, signatures.lines().map(String::strip).toList(), description, operators, examples);
  }

  private Chapter add(
      String name,
      List<String> signatures,
      String description,
      List<SqlOperator> operators,
      Example... examples) {
    definitions.add(
        new FunctionDefinition(
            name, category, signatures, description, Arrays.asList(examples), operators));
    return this;
  }

  static Example gives(String expression, String result) {
    return new Example(expression, result);
  }
}
