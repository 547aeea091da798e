package dev.kretsim.tracefs.fetch;

import dev.kretsim.arch.PageFaultException;
import java.util.StringJoiner;
import java.util.function.LongFunction;

/**
 * Arguments as the trace shows them: {@code arg1=0x2a name="sh"}.
 *
 * @param comm of the running task
 * @param symbolOf an address as {@code symbol+0xoffset/0xsize}
 */
public record ArgumentText(String comm, LongFunction<String> symbolOf) {
  private static final String FAULT = "(fault)";
  private static final int LONGEST_TEXT = 4096;

  /** One argument at a hit; what cannot be read is 0, or says so where it is a text. */
  public String of(Argument argument, Fetch.Hit hit) {
    return argument.isUnknown() ? argument.name() : argument.name() + "=" + valueOf(argument, hit);
  }

  private String valueOf(Argument argument, Fetch.Hit hit) {
    if (argument.count() == 0) {
      return element(argument, hit, 0);
    }
    StringJoiner elements = new StringJoiner(",", "{", "}");
    for (int i = 0; i < argument.count(); i++) {
      elements.add(element(argument, hit, i));
    }
    return elements.toString();
  }

  private String element(Argument argument, Fetch.Hit hit, int index) {
    FetchType type = argument.type();
    Fetch fetch = argument.fetch();
    try {
      if (fetch instanceof Fetch.Comm) {
        return quoted(comm);
      } else if (fetch instanceof Fetch.Text text) {
        return quoted(text.value());
      } else if (type.name().equals("symstr")) {
        return quoted(symbolOf.apply(fetch.value(hit)));
      } else if (type.isText()) {
        return text(fetch, hit, argument.count() > 0 ? index : -1);
      }
      long raw =
          fetch instanceof Fetch.Memory
              ? hit.memory().read(fetch.address(hit) + (long) index * type.bytes(), type.bytes())
              : fetch.value(hit);
      return type.name().equals("symbol") ? symbolOf.apply(raw) : type.show(raw);
    } catch (PageFaultException unreadable) {
      return type.isText() ? FAULT : type.show(0);
    }
  }

  /** The text in memory; of an array the one that its element points to. */
  private static String text(Fetch fetch, Fetch.Hit hit, int element) {
    long address = fetch.address(hit);
    if (element >= 0) {
      address = hit.memory().readWord(address + (long) element * Long.BYTES);
    }
    StringBuilder text = new StringBuilder();
    while (text.length() < LONGEST_TEXT) {
      char letter = (char) (hit.memory().read(address + text.length(), 1) & 0xff);
      if (letter == 0) {
        break;
      }
      text.append(letter);
    }
    return quoted(text.toString());
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }
}
