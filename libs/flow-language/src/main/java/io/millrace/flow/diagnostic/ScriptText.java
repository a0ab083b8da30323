package io.millrace.flow.diagnostic;

import java.util.Arrays;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A script and its lines. A line ends with a line feed, a carriage return or both; columns count
 * characters (UTF-16 units), a tabulator as one.
 */
public final class ScriptText {

  private static final int LONGEST_QUOTE = 200;

  private final String text;
  private final int[] lineStarts;

  public ScriptText(String text) {
    this.text = text;
    int[] starts = new int[16];
    int lines = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean lineEnd =
          c == '\n' || (c == '\r' && (i + 1 == text.length() || text.charAt(i + 1) != '\n'));
      if (lineEnd) {
        if (lines == starts.length) {
          starts = Arrays.copyOf(starts, lines * 2);
        }
        starts[lines++] = i + 1;
      }
    }
    this.lineStarts = Arrays.copyOf(starts, lines);
  }

  public String text() {
    return text;
  }

  public int length() {
    return text.length();
  }

  /** The line of a character, from 1. */
  public int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The column of a character, from 1. */
  public int column(int offset) {
    return offset - lineStarts[line(offset) - 1] + 1;
  }

  /** The place of the characters from one offset to before another. */
  public SqlParserPos position(int from, int to) {
    int last = Math.max(from, to - 1);
    return new SqlParserPos(line(from), column(from), line(last), column(last));
  }

  /** The offset of a place, kept within the script. */
  public int offset(int line, int column) {
    if (line < 1) {
      return 0;
    }
    if (line > lineStarts.length) {
      return text.length();
    }
    return Math.min(lineStarts[line - 1] + Math.max(0, column - 1), text.length());
  }

  /** Where a line's text ends, its line end not included. */
  public int endOfLine(int offset) {
    int i = offset;
    while (i < text.length() && text.charAt(i) != '\n' && text.charAt(i) != '\r') {
      i++;
    }
    return i;
  }

  /** What stands at a place, cut when it is very long. */
  public String text(SqlParserPos pos) {
    int from = offset(pos.getLineNum(), pos.getColumnNum());
    int to = Math.min(text.length(), offset(pos.getEndLineNum(), pos.getEndColumnNum()) + 1);
    if (to <= from) {
      return "";
    }
    return to - from > LONGEST_QUOTE
        ? text.substring(from, from + LONGEST_QUOTE) + "…"
        : text.substring(from, to);
  }
}
