package dev.kretsim.fleet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where the files' names may tell other hosts than are meant. */
public final class HostDoubts {
  /** What tells the parts of one recording apart, or how they are packed. */
  private static final Pattern PART =
      Pattern.compile("(cpu|part|trace)?[-_]?\\d*|before|after|txt|csv|json|log|dat|gz|xz|zst|lz4");

  private HostDoubts() {}

  /**
   * What may not be meant: one host that may be several, whose traces would be merged as one
   * machine's; hosts that may be the CPUs of one; and a file that two hosts have.
   *
   * @return remarks, or none
   */
  public static List<String> of(List<Host> hosts, HostNaming naming) {
    List<String> doubts = new ArrayList<>();
    if (naming instanceof HostNaming.ByName) {
      scattered(hosts, doubts);
      domains(hosts, doubts);
    }
    cpus(hosts, naming, doubts);
    sameFiles(hosts, doubts);
    return doubts;
  }

  private static void scattered(List<Host> hosts, List<String> doubts) {
    List<Host> scattered = hosts.stream().filter(HostDoubts::isScattered).toList();
    if (!scattered.isEmpty()) {
      Host first = scattered.get(0);
      doubts.add(
          ("remark: %d of %d hosts have files in several folders, which are taken for one recording"
                  + " (%s: %s, %s); where each folder is a host, say --host-by parent")
              .formatted(
                  scattered.size(),
                  hosts.size(),
                  first.name(),
                  first.files().get(0),
                  last(first.files())));
    }
  }

  /** The files of a recording's single CPUs lie in folders of their own, and are one recording. */
  private static boolean isScattered(Host host) {
    return host.files().stream()
            .map(file -> String.valueOf(HostNaming.ByParent.folder(file)))
            .distinct()
            .count()
        > 1;
  }

  /** Hosts of two domains may have the same first name. */
  private static void domains(List<Host> hosts, List<String> doubts) {
    List<Host> several = hosts.stream().filter(host -> domainsOf(host).size() > 1).toList();
    if (!several.isEmpty()) {
      Host first = several.get(0);
      doubts.add(
          ("remark: %d of %d hosts have files whose names differ behind the first dot, which are"
                  + " taken for one recording (%s: %s, %s); where each is a host, say --host-by with a"
                  + " regular expression that finds its whole name, such as '[^/]+$'")
              .formatted(
                  several.size(),
                  hosts.size(),
                  first.name(),
                  first.files().get(0).getFileName(),
                  last(first.files()).getFileName()));
    }
  }

  private static Set<String> domainsOf(Host host) {
    return host.files().stream().map(HostDoubts::domain).collect(Collectors.toSet());
  }

  /** Such as {@code .eu.example.com}; empty where the name has no more than one such word. */
  private static String domain(Path file) {
    List<String> words =
        Arrays.stream(String.valueOf(file.getFileName()).split("\\."))
            .skip(1)
            .filter(word -> !PART.matcher(word).matches())
            .toList();
    return words.size() > 1 ? String.join(".", words) : "";
  }

  private static void cpus(List<Host> hosts, HostNaming naming, List<String> doubts) {
    String above = naming instanceof HostNaming.ByName ? "parent" : "'([^/]+)/cpu[0-9]+'";
    if (hosts.size() > 1
        && hosts.stream().allMatch(host -> HostNaming.ByParent.isCpu(host.name()))) {
      doubts.add(
          ("remark: all %d hosts are named like CPUs (%s, %s); where these are the CPUs of one"
                  + " machine, their files are one recording: say --host-by %s, or give them to plan")
              .formatted(hosts.size(), hosts.get(0).name(), last(hosts).name(), above));
    }
  }

  /** Two hosts may have recorded the same and share a file to save room, or one has two names. */
  private static void sameFiles(List<Host> hosts, List<String> doubts) {
    Map<Object, Host> owners = new HashMap<>();
    int same = 0;
    String first = "";
    for (Host host : hosts) {
      for (Path file : host.files()) {
        Object key = key(file);
        Host other = key == null ? null : owners.putIfAbsent(key, host);
        if (other != null && other != host && same++ == 0) {
          first = host.name() + " and " + other.name();
        }
      }
    }
    if (same > 0) {
      doubts.add(
          "remark: %s of another host by another name, and count%s for both (the first: %s)"
              .formatted(
                  same == 1 ? "1 file is that" : same + " files are those",
                  same == 1 ? "s" : "",
                  first));
    }
  }

  private static @Nullable Object key(Path file) {
    try {
      return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    } catch (IOException notThere) {
      return null;
    }
  }

  private static <T> T last(List<T> all) {
    return all.get(all.size() - 1);
  }
}
