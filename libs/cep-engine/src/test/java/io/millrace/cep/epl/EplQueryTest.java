package io.millrace.cep.epl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.schemas.type.DataType;
import io.millrace.schemas.type.Field;
import io.millrace.schemas.type.RowType;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EplQueryTest {

  private static Field column(String name, DataType type) {
    return new Field(name, type, true);
  }

  private static Object[] order(int id, String product, long quantity) {
    return new Object[] {id, product, quantity, new BigDecimal("9.50"), 1.5, 0L};
  }

  private static String message(String epl, RowType output) {
    return catchThrowableOfType(EplException.class, () -> EplRun.compile(epl, output)).getMessage();
  }

  private static final RowType ID = RowType.of(column("id", DataType.INT));

  @Test
  void namesAreFoundInAnyCaseAndSqlCommentsAreComments() throws EplException {
    EplRun run =
        EplRun.of(
            """
            -- the big ones
            select ID, product -- 'as they are
            from ORDERS(Quantity > 5)
            """,
            RowType.of(column("id", DataType.INT), column("product", DataType.STRING)));
    run.send("Orders", 1, order(1, "a", 3));
    run.send("Orders", 2.5, order(2, "b", 7));
    run.until(3);
    assertThat(run.rows).containsExactly("2.5 [2, b]");
  }

  @Test
  void columnsComeByNameInAnyOrderOrByPosition() throws EplException {
    EplRun byName =
        EplRun.of(
            "select Product, id from Orders",
            RowType.of(column("ID", DataType.INT), column("product", DataType.STRING)));
    byName.send("Orders", 1, order(1, "a", 3));
    byName.until(2);
    assertThat(byName.rows).containsExactly("1.0 [1, a]");

    EplRun byPosition =
        EplRun.of(
            "select id, Product from Orders",
            RowType.of(column("number", DataType.INT), column("what", DataType.STRING)));
    byPosition.send("Orders", 1, order(1, "a", 3));
    byPosition.until(2);
    assertThat(byPosition.rows).containsExactly("1.0 [1, a]");

    assertThat(
            message(
                "select id, Product from Orders",
                RowType.of(column("product", DataType.STRING), column("id2", DataType.INT))))
        .contains("in another place than it is declared");
  }

  @Test
  void numbersAreAsInSql() throws EplException {
    EplRun run =
        EplRun.of(
            "select id / 2 as half, quantity * price as total, price / 3 as third, id / 0 as none"
                + " from Orders",
            RowType.of(
                column("half", DataType.INT),
                column("total", DataType.decimal(12, 2)),
                column("third", DataType.decimal(12, 3)),
                column("none", DataType.INT)));
    run.send("Orders", 1, order(5, "a", 3));
    run.until(2);
    assertThat(run.failures).isEmpty();
    assertThat(run.rows).containsExactly("1.0 [2, 28.50, 3.167, null]");
  }

  @Test
  void whatDoesNotFitItsColumnIsSaidBeforehandOrFailsAlone() throws EplException {
    assertThat(message("select quantity as id from Orders", ID))
        .isEqualTo(
            "1:20 column id is INT, but the select gives BIGINT: declare it BIGINT, or write"
                + " cast(…, int)");
    EplRun run =
        EplRun.of(
            "select price * 2000 as price from Orders",
            RowType.of(column("price", DataType.decimal(4, 0))));
    run.send("Orders", 1, order(1, "a", 3));
    run.send("Orders", 2, 2, "b", 1L, new BigDecimal("1.20"), 1.5, 0L);
    run.until(3);
    assertThat(run.failures).containsExactly("the result does not fit DECIMAL(4, 0)");
    assertThat(run.rows).containsExactly("2.0 [2400]");
  }

  @Test
  void faultsHaveTheirPlace() {
    assertThat(message("select id,\n  prize\nfrom Orders", ID))
        .startsWith("2:3 ")
        .contains("'prize'");
    assertThat(message("select id\nfrom Orderz", ID))
        .isEqualTo("2:6 there is no stream Orderz (did you mean Orders?) for EPL to read");
    assertThat(message("select id from Orders where where x", ID)).startsWith("1:35 ");
    assertThat(message("select id from Orders where x = 'abc", ID)).startsWith("1:33 ");
  }

  @Test
  void theClockIsEventTimeInMicroseconds() throws EplException {
    EplRun run =
        EplRun.of(
            "select id, current_timestamp as now, at.plus(1 sec) as later from Orders",
            RowType.of(
                column("id", DataType.INT),
                column("now", DataType.TIMESTAMP),
                column("later", DataType.TIMESTAMP)));
    run.send("Orders", 12.25, order(1, "a", 1));
    run.until(13);
    assertThat(run.rows).containsExactly("12.25 [1, 12000000, 1000000]");
  }

  @Test
  void rowsGoInByTimeAndAreLateAfterwards() throws EplException {
    EplRun run =
        EplRun.of(
            "select id, Product from Orders",
            RowType.of(column("id", DataType.INT), column("product", DataType.STRING)));
    assertThat(run.send("Orders", 3, order(3, "a", 1))).isTrue();
    assertThat(run.send("Orders", 1, order(1, "a", 1))).isTrue();
    assertThat(run.send("Orders", 3, order(4, "a", 1))).isTrue();
    assertThat(run.rows).isEmpty();
    run.until(3);
    assertThat(run.rows).containsExactly("1.0 [1, a]");
    assertThat(run.send("Orders", 2, order(2, "a", 1))).isFalse();
    run.until(4);
    assertThat(run.rows).containsExactly("1.0 [1, a]", "3.0 [3, a]", "3.0 [4, a]");
  }

  @Test
  void absenceFiresWhenTimeGoesOn() throws EplException {
    EplRun run =
        EplRun.of(
            """
            select a.id as id from pattern [
              every a=Orders -> (timer:interval(30 sec) and not payments(order_id = a.id))]
            """,
            ID);
    run.send("Orders", 1, order(1, "a", 1));
    run.send("Orders", 2, order(2, "a", 1));
    run.send("payments", 10, 1, new BigDecimal("1.00"), 0L);
    run.until(31);
    assertThat(run.rows).isEmpty();
    run.until(60);
    assertThat(run.rows).containsExactly("32.0 [2]");
  }

  @Test
  void streamsOfItsOwnAreInsertedBefore() throws EplException {
    EplQuery query =
        EplRun.compile(
            """
            insert into Totals select Product, sum(quantity) as total from Orders#time(10 sec)
              group by Product;
            select Product, total from Totals(total > 4);
            """,
            RowType.of(column("product", DataType.STRING), column("total", DataType.BIGINT)));
    assertThat(query.inputs()).containsExactly("Orders");
    EplRun run = new EplRun(query);
    run.send("Orders", 1, order(1, "a", 3));
    run.send("Orders", 2, order(2, "a", 3));
    run.until(3);
    assertThat(run.rows).containsExactly("2.0 [a, 6]");
  }

  @Test
  void rowsWithinRowsAndListsCanBeRead() throws EplException {
    EplRun run =
        EplRun.of(
            "select after.id as id, op, tags, tags.countOf() as n, after as whole from changes"
                + "(tags.anyOf(t => t = 'x'))",
            RowType.of(
                column("id", DataType.INT),
                column("op", DataType.STRING),
                column("tags", DataType.array(DataType.STRING)),
                column("n", DataType.INT),
                column("whole", DataType.row(List.of(column("id", DataType.INT))))));
    run.send("changes", 1, "c", new Object[] {7}, List.of("x", "y"));
    run.send("changes", 1, "c", null, List.of("y"));
    run.until(2);
    assertThat(run.rows).containsExactly("1.0 [7, c, [x, y], 2, [7]]");
  }

  @Test
  void aNullInAColumnThatIsNotNullFailsThatRowAlone() throws EplException {
    EplRun run =
        EplRun.of("select id from Orders", RowType.of(new Field("id", DataType.INT, false)));
    run.send("Orders", 1, null, "a", 1L, null, null, null);
    run.send("Orders", 1, order(1, "a", 1));
    run.until(2);
    assertThat(run.failures).containsExactly("column id is NOT NULL and got NULL");
    assertThat(run.rows).containsExactly("1.0 [1]");
  }

  @Test
  void rowsGoOutInTimeEvenWhenATimerLiesBetweenThem() throws EplException {
    EplRun run =
        EplRun.of(
            "select a.id as id from pattern [every a=Orders -> timer:interval(1500 msec)]", ID);
    run.send("Orders", 1.9, order(1, "a", 1));
    run.send("Orders", 2.8, order(2, "a", 1));
    run.until(10);
    assertThat(run.rows).containsExactly("2.5 [1]", "3.5 [2]");
  }

  @Test
  void aPatternThatHoldsTooMuchEndsTheTaskAndSaysWhy() throws EplException {
    EplQuery query =
        EplQuery.compile(
            "select a.id as id from pattern [every a=Orders -> (b=payments where timer:within(1"
                + " hour))]",
            EplRun.STREAMS,
            ID,
            EplLimits.defaults().withStates(10, 10));
    EplRun run = new EplRun(query);
    for (int i = 0; i < 20; i++) {
      run.send("Orders", i, order(i, "a", 1));
    }
    EplStateException e = catchThrowableOfType(EplStateException.class, () -> run.until(30));
    assertThat(e).hasMessageStartingWith("query unpaid: the pattern holds more unfinished matches");
  }

  @Test
  @Timeout(60)
  void aSilenceOfManyYearsTakesNoTimeEvenWithAClockThatRingsEachSecond() throws EplException {
    EplRun run =
        EplRun.of(
            "select count(*) as n from pattern [every (timer:at(*, *, *, *, *, *) or"
                + " o=Orders)]#time(3 sec)",
            RowType.of(column("n", DataType.BIGINT)));
    run.send("Orders", 0.5, order(1, "a", 1));
    run.send("Orders", 1_700_000_000.5, order(2, "a", 1));
    run.until(1_700_000_001);
    assertThat(run.rows).hasSizeLessThan(30);
    assertThat(run.rows.getLast()).isEqualTo("1.700000001E9 [4]");
  }
}
