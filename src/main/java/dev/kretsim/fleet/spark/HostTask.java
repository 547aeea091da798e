package dev.kretsim.fleet.spark;

import dev.kretsim.fleet.FleetQuestion;
import dev.kretsim.fleet.HostPlanner;
import dev.kretsim.trace.TraceSource;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Plans one host where Spark has the work done, and gives its rows. */
record HostTask(FleetQuestion question, Broadcast<SerializableConfiguration> configuration)
    implements FlatMapFunction<Tuple2<String, String[]>, Row> {
  @Override
  public Iterator<Row> call(Tuple2<String, String[]> host) {
    return Rows.of(new HostPlanner(question).planned(host._1(), () -> trace(host._2())));
  }

  private TraceSource trace(String[] files) {
    return TraceSource.together(
        Arrays.stream(files)
            .map(file -> new StoredFile(file, configuration.value().value()).source())
            .toList());
  }
}
