package io.millrace.flow;

import io.millrace.flow.environment.Environment;
import io.millrace.flow.environment.EplAnswer;
import io.millrace.flow.environment.ModelDescription;
import io.millrace.flow.environment.SourceTable;
import io.millrace.flow.environment.SourceTables;
import io.millrace.schemas.control.ColumnsRule;
import io.millrace.schemas.control.ConnectorDescriptor;
import io.millrace.schemas.control.Direction;
import io.millrace.schemas.control.OptionDescriptor;
import io.millrace.schemas.control.OptionType;
import io.millrace.schemas.control.StreamDefinition;
import io.millrace.schemas.control.StreamKind;
import io.millrace.schemas.type.AvroTypes;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A world with a shop's database, a few connectors, one secret and one other application. */
public final class FakeEnvironment implements Environment {

  private static final SourceTable STOCK =
      new SourceTable(
          "shop.stock",
          RowType.of(
              Field.required("location_id", DataType.INT),
              Field.required("product_id", DataType.INT),
              Field.required("quantity", DataType.INT),
              Field.nullable("updated", DataType.TIMESTAMP)),
          List.of("location_id", "product_id"));
  private static final SourceTable PRODUCT =
      new SourceTable(
          "shop.product",
          RowType.of(
              Field.required("product_id", DataType.INT),
              Field.nullable("description", DataType.STRING),
              Field.nullable("brand", DataType.STRING),
              Field.nullable("category", DataType.STRING),
              Field.nullable("price", DataType.decimal(10, 2)),
              Field.nullable("attributes", DataType.JSON)),
          List.of("product_id"));
  private static final SourceTable LOG =
      new SourceTable("shop.log", RowType.of(Field.nullable("line", DataType.STRING)), List.of());

  private final SourceTables tables;

  public FakeEnvironment() {
    this(new SourceTables.Found(List.of(STOCK, PRODUCT, LOG)));
  }

  public FakeEnvironment(SourceTables tables) {
    this.tables = tables;
  }

  @Override
  public Collection<ConnectorDescriptor> connectors() {
    return List.of(
        connector(
            "mariadb-cdc",
            Direction.SOURCE,
            true,
            ColumnsRule.NONE,
            "exactly-once",
            option("hostname", OptionType.STRING).setRequired(true),
            option("port", OptionType.INT).setMinimum(1d).setMaximum(65535d),
            option("username", OptionType.STRING).setRequired(true),
            option("password", OptionType.SECRET),
            option("tables", OptionType.LIST),
            option("poll_interval", OptionType.DURATION)),
        connector(
            "file",
            Direction.SOURCE,
            false,
            ColumnsRule.OPTIONAL,
            "exactly-once",
            option("directory", OptionType.STRING).setRequired(true),
            option("format", OptionType.STRING).setAllowed(List.of("csv", "json", "regex")),
            option("block", OptionType.SIZE)),
        connector(
            "datagen",
            Direction.SOURCE,
            false,
            ColumnsRule.REQUIRED,
            "exactly-once",
            option("rate", OptionType.DOUBLE).setMinimum(0d),
            option("fields.*.kind", OptionType.STRING).setAllowed(List.of("sequence", "random"))),
        connector(
            "file",
            Direction.SINK,
            false,
            ColumnsRule.NONE,
            "exactly-once",
            option("directory", OptionType.STRING).setRequired(true),
            option("format", OptionType.STRING).setAllowed(List.of("csv", "json", "avro")),
            option("delimiter", OptionType.STRING),
            option("header", OptionType.BOOLEAN),
            option("roll_size", OptionType.SIZE),
            option("roll_interval", OptionType.DURATION)),
        connector(
            "jdbc",
            Direction.SINK,
            true,
            ColumnsRule.NONE,
            "exactly-once",
            option("url", OptionType.STRING).setRequired(true),
            option("table", OptionType.STRING),
            option("mode", OptionType.STRING).setAllowed(List.of("append", "upsert")),
            option("key", OptionType.LIST)),
        connector(
            "webhook",
            Direction.SINK,
            false,
            ColumnsRule.NONE,
            "at-least-once: a request may be sent again",
            option("url", OptionType.STRING).setRequired(true)));
  }

  private static ConnectorDescriptor connector(
      String type,
      Direction direction,
      boolean tables,
      ColumnsRule columns,
      String guarantee,
      OptionDescriptor.Builder... options) {
    return ConnectorDescriptor.newBuilder()
        .setType(type)
        .setDirection(direction)
        .setService(direction == Direction.SOURCE ? "ingestion" : "delivery")
        .setTitle(type)
        .setDescription(type)
        .setTables(tables)
        .setColumns(columns)
        .setGuarantee(guarantee)
        .setOptions(java.util.Arrays.stream(options).map(OptionDescriptor.Builder::build).toList())
        .build();
  }

  private static OptionDescriptor.Builder option(String name, OptionType type) {
    return OptionDescriptor.newBuilder()
        .setName(name)
        .setType(type)
        .setDocumentation("The " + name);
  }

  @Override
  public SourceTables tables(String source, String connector, Map<String, String> options) {
    return tables;
  }

  @Override
  public Optional<String> secret(String name) {
    return name.equals("shop_password") ? Optional.of("${secret:abc}") : Optional.empty();
  }

  @Override
  public ModelDescription model(Map<String, String> options) {
    return options.get("location").startsWith("fraud")
        ? new ModelDescription.Known(List.of(DataType.DOUBLE, DataType.STRING), DataType.DOUBLE)
        : new ModelDescription.Unusable("there is no model file " + options.get("location"));
  }

  /** Nobody is there for a text with "offline"; the word "wrong" is wrong. */
  @Override
  public EplAnswer epl(
      String text, Map<String, RowType> streams, RowType output, long stateRetentionMillis) {
    if (text.contains("offline")) {
      return new EplAnswer.Unavailable("the service analytics cannot be reached");
    }
    List<EplAnswer.Fault> faults = new ArrayList<>();
    String[] lines = text.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      int column = lines[i].indexOf("wrong") + 1;
      if (column > 0) {
        faults.add(new EplAnswer.Fault(i + 1, column, column + 4, "this is wrong"));
      }
    }
    return new EplAnswer.Checked(
        faults, streams.keySet().stream().filter(name -> text.contains("from " + name)).toList());
  }

  @Override
  public Collection<String> secretNames() {
    return Set.of("shop_password");
  }

  @Override
  public Optional<StreamDefinition> stream(String fullName) {
    return fullName.equals("default.other.orders")
        ? Optional.of(
            StreamDefinition.newBuilder()
                .setName("orders")
                .setTopic("default.other.orders")
                .setKind(StreamKind.EVENTS)
                .setRowSchema(
                    AvroTypes.toAvro(
                            RowType.of(
                                Field.required("order_id", DataType.BIGINT),
                                Field.nullable("product_id", DataType.INT)),
                            "default.other.orders")
                        .toString())
                .setPartitionBy(List.of("order_id"))
                .build())
        : Optional.empty();
  }

  @Override
  public Collection<String> streamNames() {
    return Set.of("default.other.orders");
  }
}
