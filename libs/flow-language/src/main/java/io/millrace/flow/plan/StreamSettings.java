package io.millrace.flow.plan;

import io.millrace.flow.diagnostic.Code;
import io.millrace.flow.parser.Statement;
import io.millrace.schemas.type.DataType;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** What the clauses and options of CREATE STREAM say about a stream whatever fills it. */
final class StreamSettings {

  private final PlanContext context;

  StreamSettings(PlanContext context) {
    this.context = context;
  }

  /** Takes them over. */
  void apply(StreamInfo stream, Statement.CreateStream statement, Map<String, String> options) {
    stream.partitions = PlanContext.partitions(options, stream.partitions);
    stream.retention = PlanContext.retention(options, stream.retention);
    if (stream.row == null) {
      return;
    }
    stream.partitionBy =
        context.columns(
            statement.partitionBy(), stream.row, stream.missing, "stream " + stream.name);
    if (statement.timestampBy() != null) {
      timestamp(stream, statement.timestampBy());
    }
  }

  private void timestamp(StreamInfo stream, Statement.TimestampBy written) {
    List<String> column =
        context.columns(
            List.of(written.column()), stream.row, stream.missing, "stream " + stream.name);
    if (!column.isEmpty()) {
      DataType type = stream.row.field(stream.row.indexOf(column.get(0)).getAsInt()).type();
      if (!type.equals(DataType.TIMESTAMP)) {
        context.diagnostics.error(
            Code.TYPE_MISMATCH,
            written.column().getParserPosition(),
            "TIMESTAMP BY needs a TIMESTAMP and "
                + column.get(0)
                + " is "
                + type.sql()
                + "; CAST it in the query");
      }
      stream.timestampColumn = column.get(0);
    }
    if (written.lateness() != null) {
      stream.allowedLateness = millis(written.lateness());
    }
  }

  private long millis(SqlNode interval) {
    try {
      SqlIntervalLiteral.IntervalValue value =
          ((SqlLiteral) interval).getValueAs(SqlIntervalLiteral.IntervalValue.class);
      if (!value.getIntervalQualifier().isYearMonth()) {
        return SqlParserUtil.intervalToMillis(value);
      }
    } catch (RuntimeException e) {
      // What cannot be read is reported like what makes no sense.
    }
    context.diagnostics.error(
        Code.INVALID_STATEMENT,
        interval.getParserPosition(),
        "a length of time is expected, such as INTERVAL '10' SECOND");
    return 0;
  }
}
