package dev.kretsim.plan.curve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StudentTest {
  @Test
  void whatIsWrittenDownIsWhatASearchFinds() {
    for (int degrees = 1; degrees < MissCurve.BATCHES; degrees++) {
      assertThat(Student.quantile(degrees, Student.USUAL))
          .as("%d degrees", degrees)
          .isEqualTo(Student.searched(degrees, Student.USUAL));
    }
  }
}
