package dev.kretsim.kernel;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release string, as {@code uname -r} prints it, and which modelled kernel behaves as it does.
 *
 * @param text as it was given
 * @param version whose behaviour it gets
 * @param why in a few words; empty if it is that very version
 */
public record KernelRelease(String text, KernelVersion version, String why) {
  private static final Pattern RELEASE =
      Pattern.compile("v?(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,4}))?(?:[^\\d].*)?");
  private static final Pattern LONGER =
      Pattern.compile("(?i)(?:linux|kernel|v)\\b.{0,80}?\\s(\\d{1,3}\\.\\d[^\\s]*).*");
  private static final Pattern NEWEST = Pattern.compile("(?i)latest|newest|mainline");
  private static final Pattern REALTIME =
      Pattern.compile("[-+.]rt\\d*(?:[-+.].*)?$|-realtime(?:-.*)?$");

  /** Distributions count their own builds where the number of the stable release would stand. */
  private static final Pattern OWN_COUNT = Pattern.compile("v?6\\.[01]\\.0-(?!rc).*");

  /** Debian's builds of 6.1: the third is of 6.1.8. */
  private static final Pattern DEBIAN_6_1 =
      Pattern.compile("v?6\\.1\\.0-(?:[3-9]|[1-9]\\d+|0\\.deb[\\d.]+)-(?:.*-)?(?:amd64|arm64)");

  /**
   * Finds the behaviour of a release.
   *
   * @param asked such as {@code 6.12}, {@code 6.8.0-45-generic} or {@code 6.1.0-56-rt-amd64}; the
   *     whole of what {@code uname -a} or {@code /proc/version} say is fine too
   * @return the version that it behaves as
   * @throws BadInputException if that is no release
   */
  public static KernelRelease of(String asked) {
    String text = named(asked.strip());
    if (NEWEST.matcher(text).matches()) {
      return new KernelRelease(text, KernelVersion.newest(), "the newest kernel modelled");
    }
    Optional<KernelVersion> named = KernelVersion.of(text);
    if (named.isPresent()) {
      return new KernelRelease(text, named.get(), "");
    }
    Matcher release = RELEASE.matcher(text);
    if (!release.matches()) {
      throw new BadInputException(
          "--kernel must be one of %s, or a release as uname -r prints it: %s"
              .formatted(KernelVersion.labels(), text));
    }
    int number = number(release);
    String stable = release.group(3);
    KernelRelease plain = plain(text, number, stable == null ? 0 : Integer.parseInt(stable));
    return REALTIME.matcher(text).find() ? realtime(plain) : plain;
  }

  /** The release in a longer text that begins as {@code uname -a} does. */
  private static String named(String text) {
    Matcher longer = LONGER.matcher(text);
    return longer.matches() ? longer.group(1) : text;
  }

  private static KernelRelease plain(String text, int number, int stable) {
    if (number < 5_004) {
      return as(text, KernelVersion.V5_4, "the oldest kernel modelled");
    } else if (number < 5_010) {
      return as(text, KernelVersion.V5_4, number == 5_004 ? "" : "one locked list, as in 5.4");
    } else if (number == 5_010) {
      return as(text, KernelVersion.V5_10, "");
    } else if (number < 5_014) {
      return as(text, KernelVersion.V5_14, "lock-free list; its fault handlers are not modelled");
    } else if (number < 5_018) {
      return as(text, KernelVersion.V5_14, "lock-free list, no fault handlers");
    } else if (number < 6_007) {
      return behindReturnHooks(text, number, stable);
    } else if (number < 6_016) {
      return as(text, KernelVersion.V6_12, "per-CPU rings");
    }
    String why = number > 7_003 ? "the newest kernel modelled" : "per-CPU rings, as in 7.3";
    return as(text, KernelVersion.V7_3, why);
  }

  /** 6.2 gave kernels that are not preemptible a larger default; so did 6.0.17 and 6.1.3. */
  private static KernelRelease behindReturnHooks(String text, int number, int stable) {
    String why = "lock-free list behind return hooks";
    if (number >= 6_002
        || number == 6_001 && stable >= 3
        || number == 6_000 && stable >= 17
        || DEBIAN_6_1.matcher(text).matches()) {
      return as(text, KernelVersion.V6_1, why);
    }
    String open =
        OWN_COUNT.matcher(text).matches()
            ? "; its default maxactive is larger if it was built from 6.0.17, 6.1.3 or later"
            : "";
    return as(text, KernelVersion.V6_0, why + open);
  }

  private static KernelRelease as(String text, KernelVersion version, String why) {
    return new KernelRelease(text, version, why);
  }

  private static KernelRelease realtime(KernelRelease plain) {
    KernelVersion era = plain.version == KernelVersion.V6_0 ? KernelVersion.V6_1 : plain.version;
    Optional<KernelVersion> built = KernelVersion.of(era.label() + "-rt");
    return built
        .map(version -> as(plain.text, version, "built with PREEMPT_RT"))
        .orElseGet(
            () ->
                as(
                    plain.text,
                    plain.version,
                    "PREEMPT_RT of that version is not modelled; --preempt realtime sets"
                        + " defaults"));
  }

  /**
   * {@return whether it is older than that one; never where the text tells no number}
   *
   * @param major such as 4
   * @param minor such as 12
   */
  public boolean isBefore(int major, int minor) {
    Matcher release = RELEASE.matcher(text);
    return release.matches() && number(release) < major * 1000 + minor;
  }

  /** Major and minor number in one, such as 6012. */
  private static int number(Matcher release) {
    return Integer.parseInt(release.group(1)) * 1000 + Integer.parseInt(release.group(2));
  }

  /**
   * {@return a sentence for the user: which behaviour it gets, and why; empty for a modelled
   * version}
   */
  public String remark() {
    if (text.equals(version.label())) {
      return "";
    }
    String reason = why.isEmpty() ? "" : ": " + why;
    return "kernel " + text + " is emulated as " + version.label() + reason;
  }
}
