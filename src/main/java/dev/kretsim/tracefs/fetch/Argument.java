package dev.kretsim.tracefs.fetch;

/**
 * One argument of an event.
 *
 * @param name given, or {@code argN}
 * @param body what was written behind the name: read back as it stands; empty for {@code $arg*} of
 *     a function whose parameters are not known
 * @param fetch where the value comes from
 * @param type how it is shown
 * @param count elements of an array; 0 for a single value
 */
public record Argument(String name, String body, Fetch fetch, FetchType type, int count) {
  static Argument unknownParameters() {
    return new Argument(ArgumentWords.ALL, "", new Fetch.Parameters(), FetchType.DEFAULT, 0);
  }

  /** Whether it stands for parameters that are not known here. */
  public boolean isUnknown() {
    return fetch instanceof Fetch.Parameters;
  }

  /** {@code NAME=BODY}, as the listing shows it. */
  public String text() {
    return isUnknown() ? name : name + "=" + body;
  }

  /** Whether another probe of the same event may have that argument. */
  public boolean sameFieldAs(Argument other) {
    return name.equals(other.name) && type.equals(other.type) && count == other.count;
  }
}
