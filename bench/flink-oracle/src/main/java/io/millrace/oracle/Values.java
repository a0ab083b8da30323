package io.millrace.oracle;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.StringJoiner;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/**
 * Values as text, tab between them: NULL, texts in quotes, numbers plain, times to the millisecond.
 */
final class Values {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

  private Values() {}

  static String line(Row row, List<DataType> types) {
    StringJoiner line = new StringJoiner("\t");
    for (int i = 0; i < types.size(); i++) {
      line.add(text(row.getField(i)));
    }
    return line.toString();
  }

  private static String text(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof String string) {
      return '"'
          + string
              .replace("\\", "\\\\")
              .replace("\"", "\\\"")
              .replace("\n", "\\n")
              .replace("\t", "\\t")
          + '"';
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof LocalDateTime time) {
      return TIME.format(time);
    }
    return value.toString();
  }
}
