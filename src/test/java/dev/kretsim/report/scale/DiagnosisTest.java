package dev.kretsim.report.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.lock.LockDesigns;
import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.scale.Machines;
import dev.kretsim.scale.Placement;
import dev.kretsim.scale.Study;
import dev.kretsim.scale.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {
  private static List<String> sentences(int threads) {
    Study study =
        new Study(Machines.of("xeon8260"), Workload.hits(1000), LockDesigns.QUEUED, 192, 1);
    return Diagnosis.sentences(
        study.of(
            List.of(PoolDesigns.HLIST),
            List.of(Placement.COMPACT, Placement.SPREAD),
            List.of(1, threads)));
  }

  @Test
  void placementsOnTheSameCpusAreToldOnce() {
    assertThat(sentences(96))
        .singleElement()
        .asString()
        .startsWith("hlist, 96 threads, compact or spread (unvalidated): ");
  }

  @Test
  void whatDiffersIsToldOfEachPlacement() {
    assertThat(sentences(4)).hasSize(2);
  }
}
