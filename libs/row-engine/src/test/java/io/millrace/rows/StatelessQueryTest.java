package io.millrace.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.flow.query.CacheTable;
import io.millrace.flow.query.QueryCompiler;
import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Batches through filters, cache joins and unions. */
class StatelessQueryTest {
  private static final RowType STOCK =
      RowType.of(
          Field.required("location_id", DataType.INT),
          Field.nullable("product_id", DataType.INT),
          Field.nullable("quantity", DataType.INT));
  private static final RowType PRODUCTS =
      RowType.of(
          Field.required("product_id", DataType.BIGINT),
          Field.nullable("brand_id", DataType.INT),
          Field.nullable("description", DataType.STRING));
  private static final RowType BRANDS =
      RowType.of(Field.required("brand_id", DataType.INT), Field.nullable("name", DataType.STRING));
  private static final RowType LOCATIONS =
      RowType.of(
          Field.required("location_id", DataType.INT), Field.nullable("city", DataType.STRING));
  private static final List<CacheTable> CACHES =
      List.of(
          new CacheTable("products", PRODUCTS, List.of("product_id")),
          new CacheTable("brands", BRANDS, List.of("brand_id")),
          new CacheTable("locations", LOCATIONS, List.of("location_id")));

  private final Map<String, Map<List<Object>, Object[]>> content = new HashMap<>();
  private final List<String> trips = new ArrayList<>();
  private final List<List<Object>> rows = new ArrayList<>();
  private final List<RowError> errors = new ArrayList<>();
  private final Map<String, Integer> missed = new HashMap<>();

  StatelessQueryTest() {
    content.put(
        "products",
        Map.of(
            List.of(1L), new Object[] {1L, 7, "bolt"},
            List.of(2L), new Object[] {2L, 8, "nut"}));
    content.put("brands", Map.of(List.of(7), new Object[] {7, "Acme"}));
    content.put("locations", Map.of(List.of(10), new Object[] {10, "Ulm"}));
  }

  private static StatelessQuery compile(String sql) {
    return StatelessQuery.compile(
        new QueryCompiler().compile(sql, Map.of("stock", STOCK, "more", STOCK), CACHES));
  }

  private void read(List<CacheLookup> lookups) {
    trips.add(lookups.stream().map(l -> l.cache() + l.size()).collect(Collectors.joining(" ")));
    for (CacheLookup lookup : lookups) {
      for (int i = 0; i < lookup.size(); i++) {
        Object[] row = content.get(lookup.cache()).get(List.of(lookup.key(i)));
        if (row != null) {
          lookup.answer(i, row);
        }
      }
    }
  }

  private void run(String sql, Object[]... batch) {
    compile(sql)
        .process(
            "stock",
            List.of(batch),
            this::read,
            new RowSink() {
              @Override
              public void row(int index, Object[] row) {
                List<Object> values = new ArrayList<>();
                values.add(index);
                values.addAll(java.util.Arrays.asList(row));
                rows.add(values);
              }

              @Override
              public void failed(RowError error) {
                errors.add(error);
              }

              @Override
              public void missed(String cache, int count) {
                missed.merge(cache, count, Integer::sum);
              }
            });
  }

  private static List<Object> list(Object... values) {
    return java.util.Arrays.asList(values);
  }

  @Test
  void filtersAndProjects() {
    run(
        "SELECT location_id, quantity * 2 AS q FROM stock WHERE quantity > 1",
        new Object[] {10, 1, 1},
        new Object[] {11, 1, 2},
        new Object[] {12, 1, null});
    assertThat(rows).containsExactly(list(1, 11, 4));
  }

  @Test
  void aFailingRowLeavesTheOthersAlone() {
    run(
        "SELECT 10 / quantity AS q FROM stock",
        new Object[] {10, 1, 1},
        new Object[] {10, 1, 0},
        new Object[] {10, 1, 5});
    assertThat(rows).containsExactly(list(0, 10), list(2, 2));
    assertThat(errors).hasSize(1);
    assertThat(errors.getFirst().index()).isEqualTo(1);
    assertThat(errors.getFirst().code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO);
    assertThat(errors.getFirst().message()).contains("10 / quantity");
  }

  @Test
  void aMalformedRowIsAnErrorOfThatRow() {
    run(
        "SELECT quantity + 1 AS q FROM stock",
        new Object[] {10, 1, "many"},
        new Object[] {10},
        new Object[] {10, 1, 5});
    assertThat(rows).containsExactly(list(2, 6));
    assertThat(errors).extracting(RowError::code).containsOnly(ErrorCode.MALFORMED_ROW);
  }

  @Test
  void leftJoinKeepsAndCountsMisses() {
    run(
        "SELECT s.quantity, p.description FROM stock s LEFT JOIN products p ON s.product_id ="
            + " p.product_id",
        new Object[] {10, 1, 5},
        new Object[] {10, 9, 6},
        new Object[] {10, null, 7});
    assertThat(rows).containsExactly(list(0, 5, "bolt"), list(1, 6, null), list(2, 7, null));
    assertThat(trips).containsExactly("products2");
    assertThat(missed).containsExactly(Map.entry("products", 2));
  }

  @Test
  void innerJoinDropsMisses() {
    run(
        "SELECT s.quantity, p.description FROM stock s JOIN products p ON s.product_id ="
            + " p.product_id",
        new Object[] {10, 1, 5},
        new Object[] {10, 9, 6});
    assertThat(rows).containsExactly(list(0, 5, "bolt"));
    assertThat(missed).containsExactly(Map.entry("products", 1));
  }

  @Test
  void cachesThatDoNotNeedOneAnotherAreAskedInOneTrip() {
    run(
        "SELECT s.quantity, p.description, l.city FROM stock s LEFT JOIN products p ON"
            + " s.product_id = p.product_id LEFT JOIN locations l ON s.location_id = l.location_id",
        new Object[] {10, 1, 5},
        new Object[] {11, 2, 6});
    assertThat(trips).containsExactly("products2 locations2");
    assertThat(rows).containsExactly(list(0, 5, "bolt", "Ulm"), list(1, 6, "nut", null));
  }

  @Test
  void aCacheCanBeJoinedByWhatAnotherGave() {
    run(
        "SELECT p.description, b.name FROM stock s JOIN products p ON s.product_id = p.product_id"
            + " LEFT JOIN brands b ON p.brand_id = b.brand_id WHERE s.quantity > 0",
        new Object[] {10, 1, 5},
        new Object[] {10, 2, 6},
        new Object[] {10, 1, 0});
    assertThat(trips).containsExactly("products2", "brands2");
    assertThat(rows).containsExactly(list(0, "bolt", "Acme"), list(1, "nut", null));
  }

  @Test
  void aConditionBesidesTheKeyMakesAMissOfAHit() {
    run(
        "SELECT s.quantity, p.description, b.name FROM stock s LEFT JOIN products p ON s.product_id"
            + " = p.product_id AND p.description = 'nut' LEFT JOIN brands b ON p.brand_id ="
            + " b.brand_id",
        new Object[] {10, 1, 5},
        new Object[] {10, 2, 6});
    assertThat(rows).containsExactly(list(0, 5, null, null), list(1, 6, "nut", null));
    assertThat(trips).containsExactly("products2", "brands1");
  }

  @Test
  void aUnionHasABranchForEachInput() {
    String sql =
        "SELECT quantity FROM stock WHERE quantity > 5 UNION ALL SELECT -quantity FROM stock UNION"
            + " ALL SELECT 0 FROM more";
    assertThat(compile(sql).inputs()).containsExactlyInAnyOrder("stock", "more");
    run(sql, new Object[] {10, 1, 5}, new Object[] {10, 1, 6});
    assertThat(rows).containsExactly(list(1, 6), list(0, -5), list(1, -6));
  }

  @Test
  void whatTheCachesThrowLeavesAndRowsAreNotLost() {
    assertThatThrownBy(() ->
            compile(
                    "SELECT p.description FROM stock s JOIN products p ON s.product_id ="
                        + " p.product_id")
                .process(
                    "stock",
                    List.<Object[]>of(new Object[] {10, 1, 5}),
                    lookups -> {
                      throw new IllegalStateException("away");
                    },
                    Expressions.sink(new ArrayList<>())))
        .hasMessage("away");
  }

  /** HotSpot does not compile methods of more than 8000 bytes; a wide row is split into several. */
  @Test
  void wideProjectionsWork() {
    String columns =
        IntStream.range(0, 600)
            .mapToObj(i -> "quantity * " + i + " + location_id AS c" + i)
            .collect(Collectors.joining(", "));
    run(
        "SELECT "
            + columns
            + ", p.description FROM stock s LEFT JOIN products p ON s.product_id ="
            + " p.product_id",
        new Object[] {10, 1, 5});
    assertThat(rows.getFirst().get(600)).isEqualTo(599 * 5 + 10);
    assertThat(rows.getFirst().get(601)).isEqualTo("bolt");
  }

  @Test
  void oneCompiledQueryServesManyThreads() throws Exception {
    StatelessQuery query =
        compile(
            "SELECT CAST(quantity AS STRING) || '-' || CAST(location_id AS STRING) AS v FROM stock");
    List<Object[]> batch =
        IntStream.range(0, 2000).mapToObj(i -> new Object[] {i, 1, i + 1}).toList();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<List<Object>>> results = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        results.add(
            threads.submit(() -> {
              List<Object> values = new ArrayList<>();
              query.process("stock", batch, CacheReader.NONE, Expressions.sink(values));
              return values;
            }));
      }
      for (Future<List<Object>> result : results) {
        assertThat(result.get()).hasSize(2000).startsWith("1-0").endsWith("2000-1999");
      }
    }
  }
}
