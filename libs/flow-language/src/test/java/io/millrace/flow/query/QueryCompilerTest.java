package io.millrace.flow.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;

class QueryCompilerTest {

  private static final RowType STOCK =
      RowType.of(
          Field.required("location_id", DataType.INT),
          Field.required("product_id", DataType.INT),
          Field.nullable("quantity", DataType.INT));
  private static final RowType CHANGES =
      RowType.of(
          Field.nullable("before", new DataType.Row(STOCK)),
          Field.nullable("after", new DataType.Row(STOCK)),
          Field.required("op", DataType.STRING),
          Field.required("ts", DataType.TIMESTAMP));
  private static final RowType PRODUCT =
      RowType.of(
          Field.required("product_id", DataType.INT),
          Field.nullable("brand", DataType.STRING),
          Field.nullable("price", DataType.decimal(10, 2)),
          Field.nullable("doc", DataType.JSON));
  private static final CacheTable PRODUCTS =
      new CacheTable("products", PRODUCT, List.of("product_id"));
  private static final CacheTable PRICES =
      new CacheTable(
          "prices",
          RowType.of(
              Field.required("brand", DataType.STRING),
              Field.required("region", DataType.BIGINT),
              Field.nullable("factor", DataType.DOUBLE)),
          List.of("brand", "region"));

  private static CompiledQuery compile(String sql) {
    return new QueryCompiler()
        .compile(sql, Map.of("stock", STOCK, "stock_changes", CHANGES), List.of(PRODUCTS, PRICES));
  }

  @Test
  void aFieldOfANullRowIsNull() {
    CompiledQuery query =
        compile(
            "SELECT c.after.location_id, c.after.product_id, c.after.quantity, c.before.quantity AS"
                + " previous_quantity FROM stock_changes AS c WHERE op <> 'd'");
    assertThat(query.output().sql())
        .isEqualTo("location_id INT, product_id INT, quantity INT, previous_quantity INT");
    Branch branch = query.branches().get(0);
    assertThat(branch.stream()).isEqualTo("stock_changes");
    assertThat(branch.steps()).hasSize(1);
    assertThat(branch.projection())
        .hasToString("[$1.location_id, $1.product_id, $1.quantity, $0.quantity]");
  }

  @Test
  void aCacheJoinIsALookupByItsKey() {
    CompiledQuery query =
        compile(
            "SELECT s.*, p.brand, p.price, p.doc FROM stock AS s LEFT JOIN products AS p"
                + " ON s.product_id = p.product_id WHERE s.quantity > 0 AND p.price > 1");
    Branch branch = query.branches().get(0);
    assertThat(branch.steps()).hasSize(3);
    assertThat(branch.steps().get(0)).hasToString("Filter[condition=>($2, 0)]");
    assertThat(branch.steps().get(1))
        .hasToString("Lookup[cache=products, outer=true, keys=[$1], condition=null, width=4]");
    assertThat(branch.projection()).hasToString("[$0, $1, $2, $4, $5, $6]");
    assertThat(query.output().sql())
        .isEqualTo(
            "location_id INT NOT NULL, product_id INT NOT NULL, quantity INT, brand STRING,"
                + " price DECIMAL(10, 2), doc JSON");
  }

  @Test
  void aSecondCacheIsLookedUpByWhatTheFirstGave() {
    CompiledQuery query =
        compile(
            "SELECT s.product_id, x.factor * 2 AS f FROM stock s JOIN products p ON p.product_id ="
                + " s.product_id LEFT JOIN prices x ON x.brand = p.brand AND x.region = 10 AND"
                + " x.factor > 1");
    assertThat(query.branches().get(0).steps().get(1).toString())
        .startsWith("Lookup[cache=prices, outer=true, keys=[$4, 10:BIGINT], condition=>($9, 1");
  }

  @Test
  void subQueriesWithAndUnionAllAreDissolved() {
    CompiledQuery query =
        compile(
            "WITH a AS (SELECT product_id + 1 AS n, quantity AS q FROM stock WHERE quantity > 0)"
                + " SELECT n, q FROM a WHERE n > 5 UNION ALL SELECT CAST(c.after.product_id AS"
                + " BIGINT), 7 FROM stock_changes c");
    assertThat(query.branches()).hasSize(2);
    RexCall sum =
        (RexCall) ((RexCall) query.branches().get(0).projection().get(0)).getOperands().get(0);
    assertThat(sum.getOperator()).isSameAs(SqlStdOperatorTable.CHECKED_PLUS);
    assertThat(query.output().sql()).isEqualTo("n BIGINT, q INT");
  }

  @Test
  void theCacheMayStandFirst() {
    CompiledQuery query =
        compile("SELECT * FROM products p, stock s WHERE s.product_id = p.product_id");
    assertThat(query.branches().get(0).stream()).isEqualTo("stock");
    assertThat(query.branches().get(0).projection().toString())
        .isEqualTo("[$3, $4, $5, $6, $0, $1, $2]");
  }

  @Test
  void partOfAKeyIsNotEnough() {
    assertThatThrownBy(() ->
            compile(
                "SELECT x.factor FROM stock s, products p, prices x WHERE p.product_id ="
                    + " s.product_id AND x.brand = p.brand"))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("whole key (brand, region)");
  }

  @Test
  void textOfDifferentLengthsIsNotPadded() {
    CompiledQuery query =
        compile(
            "SELECT CASE WHEN quantity > 1 THEN 'ж' ELSE 'many' END AS t, 'a' || brand AS u,"
                + " CAST(quantity AS FLOAT) AS f, CAST('x' AS STRING) s FROM stock JOIN products"
                + " USING (product_id) WHERE 1 = 0");
    assertThat(query.output().sql())
        .isEqualTo("t STRING NOT NULL, u STRING, f FLOAT, s STRING NOT NULL");
  }
}
