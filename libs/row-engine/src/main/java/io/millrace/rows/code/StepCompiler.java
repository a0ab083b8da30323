package io.millrace.rows.code;

import io.millrace.rows.UnsupportedQueryException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.codehaus.commons.compiler.CompileException;
import org.codehaus.janino.SimpleCompiler;

/**
 * Builds a {@link RowStep}: conditions and joins in the order in which they were added, then what
 * the step gives.
 *
 * <p>A wide result is computed in several methods, because HotSpot leaves methods of more than 8000
 * bytes of code interpreted.
 */
final class StepCompiler {
  /** Calls in one method: some 30 to 60 bytes of code each. */
  private static final int CALLS_A_METHOD = 100;

  private static final String CATCH =
      "} catch (RuntimeException e) { throw"
          + " io.millrace.rows.library.RowException.located(e, at < 0 ? null : T[at]); }\n";

  private final RexBuilder rex;
  private final BranchCompiler.Columns columns;
  private final Emitter.Shared shared = new Emitter.Shared();
  private final Emitter main;
  private final StringBuilder methods = new StringBuilder();
  private final List<Integer> hits = new ArrayList<>();

  StepCompiler(RexBuilder rex, BranchCompiler.Columns columns) {
    this.rex = rex;
    this.columns = columns;
    this.main = new Emitter(rex, columns, shared);
  }

  /** Rows for which the condition is not true go no further. */
  void filter(RexNode condition) {
    if (condition instanceof RexCall call && call.getKind() == SqlKind.AND) {
      call.getOperands().forEach(this::filter);
      return;
    }
    Val value = main.emit(condition);
    main.line("if (!" + value.isTrue() + ") return null;");
  }

  /** A join that an earlier step has resolved. */
  void found(int hit) {
    hits.add(hit);
    main.line("Object[] c" + hit + " = h[" + hit + "];");
  }

  /**
   * A join whose lookup has just been answered.
   *
   * @param condition what has to hold besides the key, or null
   */
  void join(int hit, boolean outer, RexNode condition) {
    found(hit);
    if (condition != null) {
      main.line("if (c" + hit + " != null) {");
      main.scoped(() -> {
        Val value = main.emit(condition);
        main.line("if (!" + value.isTrue() + ") { c" + hit + " = null; h[" + hit + "] = null; }");
      });
      main.line("}");
    }
    if (!outer) {
      main.line("if (c" + hit + " == null) return null;");
    }
  }

  /** The step gives a row of these columns. */
  RowStep project(List<RexNode> outputs) {
    main.line("Object[] o = new Object[" + outputs.size() + "];");
    Emitter target = main;
    int calls = 0;
    boolean split = outputs.stream().mapToInt(StepCompiler::calls).sum() > CALLS_A_METHOD;
    int part = 0;
    if (split) {
      target = new Emitter(rex, columns, shared);
    }
    for (int i = 0; i < outputs.size(); i++) {
      RexNode output = outputs.get(i);
      if (output instanceof RexInputRef ref) {
        target.line("o[" + i + "] = " + columns.element(ref.getIndex()) + ";");
        continue;
      }
      int more = calls(output);
      if (split && calls > 0 && calls + more > CALLS_A_METHOD) {
        method(part++, target);
        target = new Emitter(rex, columns, shared);
        calls = 0;
      }
      calls += more;
      target.line("o[" + i + "] = " + target.emit(output).boxed() + ";");
    }
    if (split) {
      method(part, target);
    }
    main.line("return o;");
    return compile();
  }

  /**
   * The step gives keys.
   *
   * @param keys for each lookup the parts of its key, already of the key's types
   */
  RowStep keys(List<List<RexNode>> keys) {
    main.line("Object[] o = new Object[" + keys.size() + "];");
    for (int i = 0; i < keys.size(); i++) {
      List<Val> parts = keys.get(i).stream().map(main::emit).toList();
      String isNull = Emitter.anyNull(parts);
      String key =
          "new Object[] {" + String.join(", ", parts.stream().map(Val::boxed).toList()) + "}";
      main.line(
          "if ("
              + (isNull == null ? "true" : "!(" + isNull + ")")
              + ") o["
              + i
              + "] = "
              + key
              + ";");
    }
    main.line("return o;");
    return compile();
  }

  private void method(int part, Emitter body) {
    StringBuilder parameters = new StringBuilder("Object[] r, Object[] o");
    StringBuilder arguments = new StringBuilder("r, o");
    for (int hit : hits) {
      parameters.append(", Object[] c").append(hit);
      arguments.append(", c").append(hit);
    }
    methods
        .append("private void p" + part + "(" + parameters + ") {\nint at = -1;\ntry {\n")
        .append(body.source())
        .append(CATCH)
        .append("}\n");
    main.line("p" + part + "(" + arguments + ");");
  }

  private static int calls(RexNode node) {
    int[] count = {0};
    node.accept(
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCall(RexCall call) {
            count[0]++;
            return super.visitCall(call);
          }
        });
    return count[0];
  }

  private RowStep compile() {
    StringBuilder source = new StringBuilder();
    source.append("package io.millrace.rows.generated;\n");
    source.append("public final class Step implements io.millrace.rows.code.RowStep {\n");
    source.append("private static final String[] T = {");
    for (String text : shared.texts) {
      source.append(Emitter.quote(text)).append(",\n");
    }
    source.append("};\n");
    StringBuilder init = new StringBuilder("public Step(Object[] k) {\n");
    for (int i = 0; i < shared.constants.size(); i++) {
      String type = shared.types.get(i);
      source.append("private final " + type + " k" + i + ";\n");
      init.append("k" + i + " = (" + type + ") k[" + i + "];\n");
    }
    source.append(init).append("}\n");
    source.append("public Object[] apply(Object[] r, Object[][] h) {\nint at = -1;\ntry {\n");
    source.append(main.source()).append(CATCH).append("}\n").append(methods).append("}\n");
    return load(source.toString(), shared.constants.toArray());
  }

  private static RowStep load(String source, Object[] constants) {
    try {
      SimpleCompiler compiler = new SimpleCompiler();
      compiler.setParentClassLoader(RowStep.class.getClassLoader());
      compiler.cook(source);
      return (RowStep)
          compiler
              .getClassLoader()
              .loadClass("io.millrace.rows.generated.Step")
              .getConstructor(Object[].class)
              .newInstance((Object) constants);
    } catch (CompileException e) {
      throw new IllegalStateException(
          "generated code does not compile: " + e.getMessage() + "\n" + source, e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new UnsupportedQueryException(
          "the query is too large for one statement; split it into several streams", e);
    }
  }
}
