package dev.kretsim.fleet.spark;

import dev.kretsim.fleet.HostFunction;
import dev.kretsim.fleet.HostResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/** What is known of hosts as rows of a table: one for each host and function. */
final class Rows {
  static final StructType SCHEMA =
      new StructType()
          .add("host", DataTypes.StringType)
          .add("why", DataTypes.StringType)
          .add("function", DataTypes.StringType)
          .add("calls", DataTypes.LongType)
          .add("missed", DataTypes.createArrayType(DataTypes.LongType))
          .add("span_ns", DataTypes.LongType)
          .add("rate_per_second", DataTypes.DoubleType)
          .add("mean_hold_ns", DataTypes.DoubleType)
          .add("threads", DataTypes.IntegerType)
          .add("burstiness", DataTypes.DoubleType)
          .add("lost_exits", DataTypes.LongType)
          .add("maxactive", DataTypes.IntegerType)
          .add("smallest", DataTypes.IntegerType)
          .add("too_short", DataTypes.BooleanType)
          .add("default_maxactive", DataTypes.IntegerType)
          .add("keeps_default", DataTypes.BooleanType)
          .add("possible_cpus", DataTypes.IntegerType)
          .add("modelled_ratios", DataTypes.createArrayType(DataTypes.DoubleType));

  private Rows() {}

  /** A host without functions has a row too, in which only it and the reason stand. */
  static List<Row> of(HostResult result) {
    if (result.functions().isEmpty()) {
      @Nullable Object[] cells = new @Nullable Object[SCHEMA.size()];
      cells[0] = result.host();
      cells[1] = result.why();
      return List.of(RowFactory.create(cells));
    }
    return result.functions().stream().map(known -> row(result.host(), known)).toList();
  }

  private static Row row(String host, HostFunction known) {
    List<Double> ratios = known.modelledRatios();
    return RowFactory.create(
        host,
        null,
        known.function(),
        known.calls(),
        known.missed().toArray(Long[]::new),
        known.spanNs(),
        known.ratePerSecond(),
        known.meanHoldNs(),
        known.threads(),
        known.burstiness(),
        known.lostExits(),
        known.maxactive(),
        known.smallest(),
        known.tooShort(),
        known.defaultMaxactive(),
        known.keepsDefault(),
        known.possibleCpus(),
        ratios == null ? null : ratios.toArray(Double[]::new));
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
                    own.get(0).getAs("why"))));
    return results;
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
