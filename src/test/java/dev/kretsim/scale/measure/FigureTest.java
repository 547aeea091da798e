package dev.kretsim.scale.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What bouts of a measurement say together. */
class FigureTest {
  @Test
  void aBoutThatWasDisturbedDoesNotMoveTheNumberButIsTold() {
    Figure figure = Figure.of(26.5, 26.7, 310, 26.4, 26.6);
    assertThat(figure.value()).isEqualTo(26.6);
    assertThat(figure.steady()).isFalse();
    assertThat(figure.from()).isEqualTo("measured: median of 5 bouts from 26.40 to 310.00");
  }

  @Test
  void boutsThatAgreeAreSteady() {
    assertThat(Figure.of(26.5, 24.6, 27.1).steady()).isTrue();
  }

  @Test
  void hundredthsOfANanosecondAreNoUnrest() {
    assertThat(Figure.of(0.22, 0.31).steady()).isTrue();
  }
}
