package dev.kretsim.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kretsim.Readme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the zip holds, as its description says. */
class ReleaseTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");
  private static final Pattern PACKED =
      Pattern.compile(
          "<(?:source|directory)>([^<]*)</(?:source|directory)>\\s*"
              + "<outputDirectory>([^<]*)</outputDirectory>");

  /** A file or folder here, and where it is in the zip. */
  private record Packed(Path from, Path to) {
    static List<Packed> all() throws IOException {
      Path module = Readme.top().resolve("src");
      String zip = Files.readString(module.resolve("main/assembly/zip.xml"));
      List<Packed> all = new ArrayList<>();
      for (MatchResult packed : PACKED.matcher(zip).results().toList()) {
        Path from = module.resolve(packed.group(1)).normalize();
        Path folder = Path.of("/").resolve(packed.group(2));
        all.add(
            new Packed(
                from, Files.isDirectory(from) ? folder : folder.resolve(from.getFileName())));
      }
      return all;
    }

    private boolean has(Path place) {
      return place.startsWith(to) && Files.exists(from.resolve(to.relativize(place).toString()));
    }
  }

  @Test
  void linksLeadSomewhereInTheZipToo() throws IOException {
    List<Packed> packed = Packed.all();
    List<Path> pages = new ArrayList<>(List.of(Path.of("/README.md")));
    for (int i = 0; i < pages.size(); i++) {
      Path page = pages.get(i);
      assertThat(packed).as("%s is packed", page).anyMatch(file -> file.has(page));
      String text =
          page.toString().endsWith(".md")
              ? Files.readString(Readme.top().resolve(page.toString().substring(1)))
              : "";
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        Path linked = page.resolveSibling(link.group(1)).normalize();
        if (!pages.contains(linked)) {
          pages.add(linked);
        }
      }
    }
    assertThat(pages).hasSizeGreaterThan(15);
  }
}
