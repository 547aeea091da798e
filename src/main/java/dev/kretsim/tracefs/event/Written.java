package dev.kretsim.tracefs.event;

import dev.kretsim.probe.Errno;
import dev.kretsim.tracefs.fetch.RefusedLineException;
import dev.kretsim.tracefs.fetch.TraceError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a line.
 *
 * @param line as it was written
 * @param command its words with one blank between them: what the error log shows
 * @param errno null if it was accepted
 * @param error what the error log says; null for nothing
 * @param caret where the error log's caret points in {@code command}; -1 for nowhere
 * @param readback the probe as the listing shows it; null if there is none
 */
public record Written(
    String line,
    String command,
    @Nullable Errno errno,
    @Nullable TraceError error,
    int caret,
    @Nullable String readback) {
  static Written accepted(String line, List<String> words, @Nullable String readback) {
    return new Written(line, String.join(" ", words), null, null, -1, readback);
  }

  static Written refused(String line, List<String> words, RefusedLineException refusal) {
    int caret = refusal.error() == null ? -1 : caretOf(words, refusal);
    return new Written(
        line, String.join(" ", words), refusal.errno(), refusal.error(), caret, null);
  }

  /**
   * Behind the last word, the caret stands where another would start: so it does for arguments that
   * {@code $arg*} became.
   */
  private static int caretOf(List<String> words, RefusedLineException refusal) {
    int start = 0;
    for (int i = 0; i < Math.min(refusal.word(), words.size()); i++) {
      start += words.get(i).length() + 1;
    }
    return start + (refusal.word() < words.size() ? refusal.offset() : 0);
  }

  public boolean accepted() {
    return errno == null;
  }
}
