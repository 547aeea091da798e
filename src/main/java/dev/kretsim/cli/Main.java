package dev.kretsim.cli;

/** Entry point of {@code kretsim.jar}. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.out.println("kretsim");
  }
}
