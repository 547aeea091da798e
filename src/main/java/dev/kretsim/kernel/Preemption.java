package dev.kretsim.kernel;

import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** The kernel's preemption model: decides the default {@code maxactive} before 6.2. */
public enum Preemption {
  /** Kernel code gives up the CPU when it sleeps or returns. */
  NONE,
  /** Also at certain points in long stretches of kernel code. */
  VOLUNTARY,
  /** Almost anywhere. */
  FULL,
  /** As full, but most switches wait for the tick: 6.13 on. */
  LAZY,
  /** PREEMPT_RT. */
  REALTIME;

  /** {@return whether kernel code can be preempted at any point: {@code CONFIG_PREEMPTION}} */
  public boolean everywhere() {
    return this != NONE && this != VOLUNTARY;
  }

  /**
   * {@return the model of that label; empty if there is none}
   *
   * @param label such as {@code "lazy"}, or as kernels are configured: {@code PREEMPT_LAZY}
   */
  public static Optional<Preemption> of(String label) {
    String plain = label.toLowerCase(Locale.ROOT);
    if (plain.contains("preempt")) {
      plain = plain.replaceFirst("^(config_)?preempt_(?!rt$)", "");
    }
    return switch (plain) {
      case "preempt_rt", "config_preempt_rt" -> Optional.of(REALTIME);
      case "preempt", "config_preempt" -> Optional.of(FULL);
      default -> named(plain);
    };
  }

  private static Optional<Preemption> named(String label) {
    for (Preemption model : values()) {
      if (model.label().equals(label)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  /** {@return all labels, for messages: {@code none, voluntary, ...}} */
  public static String labels() {
    StringJoiner labels = new StringJoiner(", ");
    for (Preemption model : values()) {
      labels.add(model.label());
    }
    return labels.toString();
  }

  /** {@return the name used on the command line, in scenarios and in results} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
