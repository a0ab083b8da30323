package io.millrace.oracle;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.runtime.typeutils.ExternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.utils.LogicalTypeParser;
import org.apache.flink.table.types.utils.TypeConversions;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;
import org.apache.flink.util.CloseableIterator;

/** Runs one case in Flink with the parallelism of one. */
final class FlinkRun {
  private final int restPort;

  FlinkRun(int restPort) {
    this.restPort = restPort;
  }

  /** The columns, then the rows as text; rows that take others back are left out. */
  List<String> run(Case query, Inputs inputs) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createRemoteEnvironment("localhost", restPort);
    env.setParallelism(1);
    // Two inputs of one operator have no order between them in Flink but that of time: rows are
    // sent
    // off at once and one after the other with a pause, so that each has arrived before the next.
    env.setBufferTimeout(0);
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    tables.getConfig().set("table.local-time-zone", "UTC");
    tables.getConfig().set("table.optimizer.agg-phase-strategy", "ONE_PHASE");
    List<String> used =
        inputs.streams().keySet().stream().filter(s -> uses(query.sql(), s)).toList();
    DataStream<Tagged> all = source(env, inputs, used);
    for (String name : used) {
      Inputs.Stream stream = inputs.streams().get(name);
      long lateness = query.lateness().getOrDefault(name, stream.lateness());
      register(tables, all, stream, lateness);
    }
    List<String> lines = new ArrayList<>();
    TableResult result = tables.sqlQuery(query.sql()).execute();
    lines.add(
        "# "
            + String.join(
                ", ",
                result.getResolvedSchema().getColumns().stream()
                    .map(column -> column.getName() + " " + type(column.getDataType()))
                    .toList()));
    List<DataType> types = result.getResolvedSchema().getColumnDataTypes();
    try (CloseableIterator<Row> rows = result.collect()) {
      while (rows.hasNext()) {
        Row row = rows.next();
        if (row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER) {
          lines.add(Values.line(row, types));
        }
      }
    }
    return lines;
  }

  private static String type(DataType type) {
    return type.getLogicalType().copy(true).asSummaryString().replace(" *ROWTIME*", "");
  }

  private static boolean uses(String sql, String stream) {
    return sql.toLowerCase().matches("(?s).*\\b" + stream + "\\b.*");
  }

  private static DataStream<Tagged> source(
      StreamExecutionEnvironment env, Inputs inputs, List<String> used) {
    List<Tagged> events =
        inputs.events().stream()
            .filter(event -> used.contains(event.stream()))
            .map(event -> new Tagged(event.stream(), Row.of(event.values())))
            .toList();
    int pause = used.size() > 1 ? 4 : 0;
    return env.fromData(events, TypeInformation.of(Tagged.class))
        .map(event -> {
          if (pause > 0) {
            Thread.sleep(pause);
          }
          return event;
        })
        .returns(TypeInformation.of(Tagged.class));
  }

  private static void register(
      StreamTableEnvironment tables, DataStream<Tagged> all, Inputs.Stream stream, long lateness) {
    List<DataTypes.Field> fields = new ArrayList<>();
    Schema.Builder schema = Schema.newBuilder();
    for (Inputs.Column column : stream.columns()) {
      DataType type =
          TypeConversions.fromLogicalToDataType(
              LogicalTypeParser.parse(column.type(), FlinkRun.class.getClassLoader()));
      fields.add(DataTypes.FIELD(column.name(), type));
      schema.column(column.name(), type);
    }
    schema.watermark(stream.columns().get(stream.time()).name(), "SOURCE_WATERMARK()");
    String name = stream.name();
    int time = stream.time();
    DataStream<Row> rows =
        all.filter(event -> event.stream.equals(name))
            .map(event -> event.row)
            .returns(
                ExternalTypeInfo.<Row>of(DataTypes.ROW(fields.toArray(new DataTypes.Field[0]))))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<Row>forGenerator(context -> new Punctuated(lateness))
                    .withTimestampAssigner((row, before) ->
                        ((LocalDateTime) row.getField(time))
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli()));
    tables.createTemporaryView(name, rows, schema.build());
  }

  /** An event and the stream that it belongs to. */
  public static final class Tagged {
    public String stream;
    public Row row;

    public Tagged() {}

    Tagged(String stream, Row row) {
      this.stream = stream;
      this.row = row;
    }
  }
}
