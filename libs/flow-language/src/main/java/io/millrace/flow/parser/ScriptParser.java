package io.millrace.flow.parser;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.diagnostic.Diagnostic;
import io.millrace.flow.diagnostic.Diagnostics;
import io.millrace.flow.diagnostic.ScriptText;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.LexicalState;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformance;

/** Reads scripts and queries. Never throws on account of a text. */
public final class ScriptParser {

  /** The longest script, in characters. */
  public static final int LONGEST = 1_000_000;

  private static final Pattern NAMED =
      Pattern.compile("CREATE\\s+[A-Z]+\\s+(?:VIEW\\s+)?\"?([\\w.]+)", Pattern.CASE_INSENSITIVE);
  private static final int MOST_STATEMENTS = 5_000;
  private static final int LONGEST_NAME = 200;
  private static final int MOST_ERRORS = 200;

  private final SqlConformance conformance;

  public ScriptParser(SqlConformance conformance) {
    this.conformance = conformance;
  }

  /** A production of the grammar. */
  private interface Production<T> {
    T parse(FlowParserImpl parser) throws ParseException;
  }

  /**
   * What could be read of a script.
   *
   * @param statements those that follow the grammar
   * @param unreadableNames what the others seem to give names to, in lower case
   */
  public record Script(List<Statement> statements, Set<String> unreadableNames) {}

  /** Reads a script; what is said about statements that do not follow the grammar is added. */
  public Script script(Diagnostics diagnostics) {
    Set<String> unreadable = new HashSet<>();
    return new Script(statements(diagnostics, unreadable), unreadable);
  }

  private List<Statement> statements(Diagnostics diagnostics, Set<String> unreadable) {
    ScriptText script = diagnostics.script();
    if (script.length() > LONGEST) {
      diagnostics.error(
          Code.TOO_LARGE,
          script.position(LONGEST, LONGEST + 1),
          "a script has at most " + LONGEST + " characters; divide it into several applications");
      return List.of();
    }
    Deque<StatementSplitter.Piece> pieces =
        new ArrayDeque<>(new StatementSplitter(script, diagnostics).split());
    List<Statement> statements = new ArrayList<>();
    while (!pieces.isEmpty()
        && statements.size() < MOST_STATEMENTS
        && diagnostics.size() < MOST_ERRORS) {
      StatementSplitter.Piece piece = pieces.poll();
      Statement statement = piece.broken() ? null : statement(piece, pieces, diagnostics);
      if (statement != null) {
        statements.add(statement);
      } else {
        Matcher name = NAMED.matcher(script.text()).region(piece.from(), piece.to());
        if (name.lookingAt()) {
          unreadable.add(name.group(1).toLowerCase(Locale.ROOT));
        }
      }
    }
    if (!pieces.isEmpty()) {
      StatementSplitter.Piece next = pieces.poll();
      diagnostics.error(
          Code.TOO_LARGE,
          script.position(next.from(), next.from() + 1),
          "what follows was not looked at: there are too many statements, or errors, before it");
    }
    return statements;
  }

  /**
   * A query that stands alone.
   *
   * @return null when it does not follow the grammar
   */
  public SqlNode query(Diagnostics diagnostics) {
    ScriptText text = diagnostics.script();
    StatementSplitter.Piece whole = new StatementSplitter.Piece(0, text.length(), false);
    return parse(whole, new ArrayDeque<>(), diagnostics, FlowParserImpl::FlowQueryEof);
  }

  private Statement statement(
      StatementSplitter.Piece piece, Deque<StatementSplitter.Piece> rest, Diagnostics diagnostics) {
    return parse(piece, rest, diagnostics, FlowParserImpl::FlowStatementEof);
  }

  private <T> T parse(
      StatementSplitter.Piece piece,
      Deque<StatementSplitter.Piece> rest,
      Diagnostics diagnostics,
      Production<T> production) {
    ScriptText script = diagnostics.script();
    FlowParserImpl parser = parser(script, piece);
    try {
      return production.parse(parser);
    } catch (ParseException e) {
      if (e.currentToken != null && beginsStatement(e.currentToken.next, script, piece)) {
        divide(piece, e.currentToken, rest, diagnostics);
        return null;
      }
      report(e, parser, piece, diagnostics);
    } catch (RuntimeException | StackOverflowError | AssertionError | TokenMgrError e) {
      report(e, parser, piece, diagnostics);
    }
    return null;
  }

  private static void report(
      Throwable e, FlowParserImpl parser, StatementSplitter.Piece piece, Diagnostics diagnostics) {
    SqlParserPos whole = diagnostics.script().position(piece.from(), piece.to());
    new SyntaxReport(diagnostics, parser).report(e, whole);
  }

  private static boolean beginsStatement(
      Token token, ScriptText script, StatementSplitter.Piece piece) {
    return (token.kind == FlowParserImplConstants.CREATE
            || token.kind == FlowParserImplConstants.INSERT)
        && script.offset(token.beginLine, token.beginColumn) > piece.from();
  }

  /** A statement begins where another should have ended: both are read by themselves. */
  private static void divide(
      StatementSplitter.Piece piece,
      Token before,
      Deque<StatementSplitter.Piece> rest,
      Diagnostics diagnostics) {
    ScriptText script = diagnostics.script();
    int end = script.offset(before.endLine, before.endColumn) + 1;
    int next = script.offset(before.next.beginLine, before.next.beginColumn);
    diagnostics.add(
        Diagnostic.Severity.ERROR,
        Code.SYNTAX,
        WrittenNames.position(before.next),
        "a semicolon is missing before " + before.next.image,
        List.of(";"),
        "; " + before.next.image);
    rest.addFirst(new StatementSplitter.Piece(next, piece.to(), false));
    if (end > piece.from()) {
      rest.addFirst(new StatementSplitter.Piece(piece.from(), end, false));
    }
  }

  private FlowParserImpl parser(ScriptText script, StatementSplitter.Piece piece) {
    String text = script.text().substring(piece.from(), piece.to());
    FlowParserImpl parser = new FlowParserImpl(new StringReader(text));
    parser.jj_input_stream.ReInit(
        new StringReader(text),
        script.line(piece.from()),
        script.column(piece.from()),
        Math.max(64, text.length()));
    parser.token_source = new FlowTokens(parser.jj_input_stream);
    parser.setTabSize(1);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(LONGEST_NAME);
    parser.setConformance(conformance);
    parser.switchTo(LexicalState.DQID);
    return parser;
  }
}
