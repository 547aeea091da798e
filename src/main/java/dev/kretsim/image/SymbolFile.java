package dev.kretsim.image;

import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.text.SymbolLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code /proc/kallsyms} or a System.map for its addresses. */
final class SymbolFile {
  private SymbolFile() {}

  static Symbols read(Path path) {
    if (!Files.isReadable(path) || Files.isDirectory(path)) {
      throw new BadInputException(path + ": no such symbol file");
    }
    List<SymbolLine> symbols = new ArrayList<>();
    boolean hidden = true;
    try (BufferedReader lines = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        SymbolLine symbol = SymbolLine.parse(path.toString(), symbols.size() + 1L, line);
        hidden &= symbol.address() == 0;
        symbols.add(symbol);
        if (symbols.size() > Symbols.MOST) {
          throw new BadInputException(path + ": more than " + Symbols.MOST + " symbols");
        }
      }
    } catch (IOException problem) {
      throw new BadInputException(path + ": cannot be read: " + FileName.reason(problem));
    }
    if (hidden) {
      throw new BadInputException(
          path
              + (symbols.isEmpty()
                  ? ": no symbols; is it /proc/kallsyms or a System.map?"
                  : ": all addresses are 0, as kallsyms hides them; read it as root"));
    }
    return Symbols.of(symbols);
  }
}
