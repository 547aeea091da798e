package dev.kretsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringWriter;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A long array is written while it is made, and reads as if it had been whole. */
class JsonFormTest {
  private static ObjectNode head() {
    ObjectNode head = JsonForm.result("some/1").put("ratio", Double.NaN).put("name", "\"é\n");
    head.putArray("method").add("one").add(1e-9);
    head.putObject("counted").putArray("none");
    return head;
  }

  private static ObjectNode object(int number) {
    ObjectNode object = JsonForm.object().put("number", number).put("load", 1.0 / number);
    object.putArray("curve").addObject().put("missed", Double.POSITIVE_INFINITY);
    object.putNull("asked");
    return object;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 300})
  void theTextIsThatOfTheWhole(int objects) {
    ObjectNode whole = head();
    ArrayNode array = whole.putArray("functions");
    StringWriter written = new StringWriter();

    IntStream.range(0, objects).forEach(number -> array.add(object(number)));
    JsonForm.write(
        head(),
        "functions",
        IntStream.range(0, objects).mapToObj(JsonFormTest::object)::iterator,
        written);

    assertThat(written.toString()).isEqualTo(JsonForm.text(whole));
  }

  @Test
  void whatIsWrittenIsNotKept() {
    StringWriter written = new StringWriter();
    int[] before = new int[1];

    JsonForm.write(
        head(),
        "functions",
        IntStream.rangeClosed(1, 1000)
                .mapToObj(
                    number -> {
                      before[0] = written.getBuffer().length();
                      return object(number);
                    })
            ::iterator,
        written);

    // But for the last characters.
    assertThat(written.getBuffer().length() - before[0]).isBetween(1, 20_000);
    assertThat(before[0]).isGreaterThan(40_000);
  }
}
