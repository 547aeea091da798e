package dev.kretsim.fleet.spark;

import dev.kretsim.fleet.HostFunction;
import dev.kretsim.fleet.HostResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.collection.Seq;

/** What is known of hosts as rows of a table: one for each host and function. */
final class Rows {
  private static final List<DataType> TYPES =
      List.of(
          DataTypes.StringType,
          DataTypes.StringType,
          DataTypes.StringType,
          DataTypes.LongType,
          DataTypes.createArrayType(DataTypes.LongType),
          DataTypes.LongType,
          DataTypes.DoubleType,
          DataTypes.DoubleType,
          DataTypes.IntegerType,
          DataTypes.DoubleType,
          DataTypes.LongType,
          DataTypes.IntegerType,
          DataTypes.IntegerType,
          DataTypes.BooleanType,
          DataTypes.IntegerType,
          DataTypes.BooleanType,
          DataTypes.IntegerType,
          DataTypes.createArrayType(DataTypes.DoubleType),
          DataTypes.createArrayType(DataTypes.StringType));

  static final StructType SCHEMA = schema();

  /** That of the same rows as text, where lists are in brackets. */
  private static final StructType TEXT =
      new StructType(
          Arrays.stream(SCHEMA.fields())
              .map(field -> DataTypes.createStructField(field.name(), DataTypes.StringType, true))
              .toArray(StructField[]::new));

  private Rows() {}

  private static StructType schema() {
    StructType schema = new StructType();
    for (int column = 0; column < TYPES.size(); column++) {
      schema = schema.add(HostResult.COLUMNS.get(column), TYPES.get(column));
    }
    return schema;
  }

  static Iterator<Row> of(HostResult result) {
    return result
        .rows()
        .map(cells -> RowFactory.create(cells.stream().map(Rows::cell).toArray()))
        .iterator();
  }

  private static @Nullable Object cell(@Nullable Object value) {
    return value instanceof List<?> list ? list.toArray() : value;
  }

  /** The same rows as one machine writes them as CSV. */
  static Dataset<Row> asText(Dataset<Row> rows) {
    return rows.map(
        (MapFunction<Row, Row>)
            row -> {
              Object[] cells = new Object[row.length()];
              for (int column = 0; column < cells.length; column++) {
                if (!row.isNullAt(column)) {
                  Object cell = row.get(column);
                  cells[column] = (cell instanceof Seq<?> ? row.getList(column) : cell).toString();
                }
              }
              return RowFactory.create(cells);
            },
        Encoders.row(TEXT));
  }

  /** The hosts whose rows these are, whatever the order. */
  static List<HostResult> results(List<Row> rows) {
    Map<String, List<Row>> byHost = new TreeMap<>();
    for (Row row : rows) {
      byHost.computeIfAbsent(row.getAs("host"), host -> new ArrayList<>()).add(row);
    }
    List<HostResult> results = new ArrayList<>();
    byHost.forEach(
        (host, own) ->
            results.add(
                new HostResult(
                    host,
                    own.stream()
                        .filter(row -> !row.isNullAt(row.fieldIndex("function")))
                        .map(Rows::known)
                        .toList(),
                    own.stream().flatMap(row -> remarks(row).stream()).toList(),
                    own.get(0).getAs("why"))));
    return results;
  }

  private static List<String> remarks(Row row) {
    int column = row.fieldIndex("remarks");
    return row.isNullAt(column) ? List.of() : row.getList(column);
  }

  private static HostFunction known(Row row) {
    int ratios = row.fieldIndex("modelled_ratios");
    return new HostFunction(
        row.getAs("function"),
        row.getAs("calls"),
        row.getList(row.fieldIndex("missed")),
        row.getAs("span_ns"),
        row.getAs("rate_per_second"),
        row.getAs("mean_hold_ns"),
        row.getAs("threads"),
        row.getAs("burstiness"),
        row.getAs("lost_exits"),
        row.getAs("maxactive"),
        row.getAs("smallest"),
        row.getAs("too_short"),
        row.getAs("default_maxactive"),
        row.getAs("keeps_default"),
        row.getAs("possible_cpus"),
        row.isNullAt(ratios) ? null : row.getList(ratios));
  }
}
