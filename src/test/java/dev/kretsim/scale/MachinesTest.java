package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MachinesTest {
  private static final String SMALL =
      """
      sockets: 1
      coresPerSocket: 2
      coresPerDie: 2
      coresPerCluster: 1
      smt: 1
      lineBytes: 64
      sameDie: 30
      rmw: 5
      load: 1
      store: 0.5
      sharedRead: 20
      sharedReadFar: 20
      occupancy: 10
      smtKernel: 1
      smtTight: 1
      snoopFraction: 0.5
      jitter: 0.2
      """;

  static List<String> names() {
    return Machines.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyNumberOfAShippedMachineSaysWhereItComesFrom(String name) {
    Machine machine = Machines.of(name);
    assertThat(machine.name()).isEqualTo(name);
    assertThat(machine.origins()).isNotEmpty().noneMatch(line -> line.endsWith("said by the file"));
  }

  @Test
  void aUsersFileIsReadInTheSameWay() {
    Machine machine = Machines.read("my.yaml", SMALL);
    assertThat(machine.cpus()).isEqualTo(2);
    assertThat(new Topology(machine).transfer(0, 1)).isEqualTo(30_000);
    assertThat(machine.calibrated()).isFalse();
  }

  @Test
  void aMatrixStandsForTheLevels() {
    Machine machine = Machines.read("my.yaml", SMALL + "matrix: [[0, 11], [12, 0]]\n");
    assertThat(new Topology(machine).transfer(0, 1)).isEqualTo(11_000);
    assertThat(new Topology(machine).transfer(1, 0)).isEqualTo(12_000);
  }

  @Test
  void whatIsMissingOrOutOfBoundsIsNamed() {
    assertThatThrownBy(() -> Machines.read("my.yaml", SMALL.replace("rmw: 5", "rmw: x")))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("my.yaml: rmw must be a number in [0.0, 1000000.0]");
    assertThatThrownBy(() -> Machines.read("my.yaml", SMALL.replace("smt: 1", "smt: 0")))
        .hasMessage("my.yaml: smt must be a whole number in [1, 8]: 0");
    assertThatThrownBy(() -> Machines.read("my.yaml", SMALL + "matrix: [[0]]\n"))
        .hasMessage("my.yaml: matrix must have a row and a column for each core: cores=2");
  }
}
