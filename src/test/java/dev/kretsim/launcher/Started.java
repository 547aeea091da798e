package dev.kretsim.launcher;

import java.lang.management.ManagementFactory;

/** Stands for the product in a jar of its own: says what it was started with. */
final class Started {
  static final int CODE = 7;

  private Started() {}

  public static void main(String[] arguments) {
    System.out.println("[" + String.join("][", arguments) + "]");
    ManagementFactory.getRuntimeMXBean().getInputArguments().forEach(System.out::println);
    System.exit(CODE);
  }
}
