package dev.kretsim.trace.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Gives each distinct name a number, 0, 1, 2, ... in order of first sight, straight from bytes. */
public final class NameTable {
  private final List<byte[]> names = new ArrayList<>();
  private int[] slots = new int[64];

  /** The number of the name in a range of a line; a new one where it was never seen. */
  public int numberOf(Line line, int from, int to) {
    int slot = find(line.buffer(), line.offset(from), to - from);
    if (slots[slot] != 0) {
      return slots[slot] - 1;
    }
    byte[] name =
        Arrays.copyOfRange(line.buffer(), line.offset(from), line.offset(from) + to - from);
    names.add(name);
    slots[slot] = names.size();
    if (names.size() * 2 > slots.length) {
      grow();
    }
    return names.size() - 1;
  }

  public int size() {
    return names.size();
  }

  public String name(int number) {
    return new String(names.get(number), StandardCharsets.UTF_8);
  }

  public List<String> names() {
    List<String> all = new ArrayList<>(names.size());
    for (int number = 0; number < names.size(); number++) {
      all.add(name(number));
    }
    return Collections.unmodifiableList(all);
  }

  private int find(byte[] bytes, int from, int length) {
    int hash = 0;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int mask = slots.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] != 0) {
      byte[] name = names.get(slots[slot] - 1);
      if (Arrays.equals(name, 0, name.length, bytes, from, from + length)) {
        return slot;
      }
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    for (int i = 0; i < names.size(); i++) {
      byte[] name = names.get(i);
      slots[find(name, 0, name.length)] = i + 1;
    }
  }
}
