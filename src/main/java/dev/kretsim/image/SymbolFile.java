package dev.kretsim.image;

import dev.kretsim.files.BoundedFile;
import dev.kretsim.files.FileName;
import dev.kretsim.kernel.BadInputException;
import dev.kretsim.kernel.text.SymbolLine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code /proc/kallsyms} or a System.map for its addresses. */
final class SymbolFile {
  /** Far more than the symbols of a kernel with all its modules. */
  private static final int MOST_BYTES = 256 << 20;

  private SymbolFile() {}

  static Symbols read(Path path) {
    List<SymbolLine> symbols = new ArrayList<>();
    boolean hidden = true;
    try (InputStream file = BoundedFile.open(path.toString(), path, MOST_BYTES);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.ISO_8859_1))) {
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
