package dev.kretsim.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kretsim.kernel.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MachinesTest {
  static final String SMALL =
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
  void aUsersFileIsReadInTheSameWay() throws IOException {
    Machine machine = read(SMALL);
    assertThat(machine.cpus()).isEqualTo(2);
    assertThat(new Topology(machine).transfer(0, 1)).isEqualTo(25_000);
    assertThat(machine.calibrated()).isFalse();
  }

  @Test
  void aMatrixStandsForTheLevels() throws IOException {
    Machine machine = read(SMALL + "matrix: [[0, 11], [12, 0]]\n");
    assertThat(new Topology(machine).transfer(0, 1)).isEqualTo(6_000);
    assertThat(new Topology(machine).transfer(1, 0)).isEqualTo(7_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rmw: 5 | rmw: x | my.yaml:8:6: rmw must be a number in [0.001, 1000000.0]: x",
        "rmw: 5 | rmw: .inf | my.yaml:8:6: rmw must be a number in [0.001, 1000000.0]: .inf",
        "load: 1 | load: 0 | my.yaml:9:7: load must be a number in [0.001, 1000000.0]: 0",
        "lineBytes: 64 | lineBytes: 96 | my.yaml:6:12: lineBytes must be 64 or 128: 96",
        "coresPerSocket: 2 | coresPerSocket: 3 | my.yaml:3:14: coresPerDie must divide",
        "rmw: 5 | rmw: {from: me} | my.yaml:8:6: value is missing: The number.",
        "rmw: 5 | rmw: {value: 5, form: me} | my.yaml:8:17: unknown key: form; the nearest is from",
        "rmw: 5 | rwm: 5 | my.yaml:8:1: unknown key: rwm; the nearest is rmw",
        "rmw: 5 | '' | my.yaml:1:1: rmw is missing",
        "sameDie: 30 | '' | my.yaml:1:1: sameDie is missing, and there is no matrix",
        "smt: 1 | smt: 0 | my.yaml:5:6: smt must be in [1, 8]: 0",
        "smt: 1 | smt: 2~smt: 1 | my.yaml:6:1: smt is given twice, first in line 5",
        "smt: 1 | smt: 1~---~smt: 2 | my.yaml:7:1: a second document begins; a machine is one",
        "coresPerDie: 2 | coresPerDie: 3 | my.yaml:3:14: coresPerDie must be in [1, 2]: 3",
        "jitter: 0.2 | jitter: 0.2~matrix: [[0]] | my.yaml:18:9: matrix must have a row and a",
      })
  void whatIsWrongIsNamedWithItsPlace(String right, String wrong, String message) {
    String text = SMALL.replace(right + "\n", wrong.replace("~", "\n") + "\n");
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(message);
  }

  private static Machine read(String text) throws IOException {
    return Machines.read(
        "my.yaml", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
