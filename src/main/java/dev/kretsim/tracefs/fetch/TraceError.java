package dev.kretsim.tracefs.fetch;

import org.jspecify.annotations.Nullable;

/**
 * What {@code error_log} says of a refused line, under the names of the kernel's source.
 *
 * <p>The texts are those that recorded kernels showed; errors that none of them showed have none.
 */
public enum TraceError {
  BAD_MAXACT_TYPE(null, "only return probes take a number: write r instead of p, or no number"),
  BAD_MAXACT("Invalid maxactive number", "the number after r must be 1 to 4096, digits alone"),
  MAXACT_TOO_BIG(
      "Maxactive is too big", "at most 4096 here; more needs register_kretprobe in a module"),
  BAD_PROBE_ADDR("Invalid probed address or symbol", "no such function; see kallsyms"),
  NON_UNIQ_SYMBOL(
      "The symbol is not unique",
      "several functions have this name: write MODULE:FUNCTION, or an address"),
  BAD_RETPROBE(
      "Retprobe address must be an function entry", "leave the offset away: r takes entries only"),
  BAD_ADDR_SUFFIX("Invalid probed address suffix", "%return is the only suffix"),
  NO_GROUP_NAME("Group name is not specified", "write a name before the slash, or leave it away"),
  GROUP_TOO_LONG("Group name is too long", "a group's name has at most 63 characters"),
  BAD_GROUP_NAME(
      "Group name must follow the same rules as C identifiers",
      "a group's name is letters, digits and _, not beginning with a digit"),
  NO_EVENT_NAME("Event name is not specified", "write a name behind the colon, or no colon"),
  EVENT_TOO_LONG("Event name is too long", "an event's name has at most 63 characters"),
  BAD_EVENT_NAME(
      "Event name must follow the same rules as C identifiers",
      "an event's name is letters, digits and _, not beginning with a digit"),
  RETVAL_ON_PROBE(
      "$retval is not available on probe", "only return probes have $retval: write r, or %return"),
  NO_RETVAL(null, "this function returns nothing"),
  BAD_STACK_NUM(null, "$stackN takes N from 0 to 2048"),
  BAD_ARG_NUM("Invalid argument number", "$argN counts from 1"),
  BAD_VAR(
      "Invalid $-variable specified",
      "known are $retval (r), $argN (function entry), $stackN, $stack, $comm"),
  BAD_REG_NAME("Invalid register name", "this architecture has no such register"),
  BAD_MEM_ADDR(null, "after @ comes an address or a symbol"),
  BAD_IMM(null, "after \\ comes a number, or a text in double quotes"),
  IMMSTR_NO_CLOSE(null, "close the text with a double quote"),
  FILE_ON_KPROBE(null, "@+OFFSET is for uprobes"),
  TOO_MANY_OPS(null, "too many levels of dereferencing"),
  TOO_MANY_NESTED(
      "Too many nested typecasts/dereferences", "at most 8 levels of dereferencing or typecasts"),
  DEREF_NEED_BRACE(null, "write +OFFSET(WHAT)"),
  BAD_DEREF_OFFS(null, "the offset before the brace is a number"),
  DEREF_OPEN_BRACE("Dereference brace is not closed", "close the brace"),
  COMM_CANT_DEREF(null, "$comm and texts cannot be dereferenced"),
  BAD_FETCH_ARG(
      "Invalid fetch argument", "begin with $ % @ + - or \\; names of parameters need 6.6 and BTF"),
  ARRAY_NO_CLOSE(null, "close the array's bracket"),
  BAD_ARRAY_SUFFIX(null, "nothing may follow the array's bracket"),
  BAD_ARRAY_NUM(null, "an array has 1 to 64 elements"),
  ARRAY_TOO_BIG("Array number is too big", "an array has at most 64 elements"),
  BAD_TYPE(
      "Unknown type is specified",
      "types are u8 to u64, s8 to s64, x8 to x64, char, string, ustring, symbol, symstr, bW@O/C"),
  BAD_STRING(null, "string needs memory: +0(WHAT):string"),
  BAD_SYMSTRING(null, "symstr needs a register, the stack, $retval or memory"),
  NEED_STRING_TYPE(null, "$comm and texts are of type string"),
  BAD_BITFIELD("Invalid bitfield", "bWIDTH@OFFSET/SIZE, with WIDTH + OFFSET <= SIZE"),
  ARG_NAME_TOO_LONG(null, "an argument's name has at most 32 characters"),
  NO_ARG_NAME(null, "write a name before the =, or leave it away"),
  BAD_ARG_NAME(
      "Argument name must follow the same rules as C identifiers",
      "an argument's name is letters, digits and _, not beginning with a digit"),
  USED_ARG_NAME("This argument name is already used", "give each argument a name of its own"),
  ARG_TOO_LONG(null, "an argument has at most 63 characters"),
  NO_ARG_BODY("No argument expression", "say what to fetch after the ="),
  BAD_INSN_BNDRY(
      "Probe point is not an instruction boundary",
      "no instruction begins there; kretsim events check --image tells where they do"),
  FAIL_REG_PROBE("Failed to register probe event", "this place cannot be probed"),
  DIFF_PROBE_TYPE(null, "the event exists with probes of the other kind: use another name"),
  DIFF_ARG_TYPE(
      "Argument type or name is different from existing probe",
      "all probes of one event have the same arguments: use another name"),
  SAME_PROBE("There is already the exact same probe event", "nothing to do: it exists"),
  TOO_MANY_ARGS(null, "an event has at most 128 arguments"),
  NOSUP_BTFARG(null, "names of parameters are known at a function's entry and return only"),
  NO_BTF_ARG(
      "This variable is not found at this probe point", "the function has no such parameter"),
  NOFENTRY_ARGS(null, "$argN and $arg* are for a function's entry and return"),
  DOUBLE_ARGS(null, "$arg* may stand once"),
  BAD_HYPHEN(null, "a field follows ->"),
  NOSUP_DAT_ARG(null, "a field of a parameter follows ->"),
  BAD_TYPE4STR(null, "this parameter does not point to text"),
  NO_PTR_STRCT(
      "This is not a pointer to union/structure.", "only pointers to structures have fields"),
  NO_BTF_FIELD("This field is not found.", "the structure has no such field"),
  TYPECAST_NEEDS_FIELD("Typecast requires a field access", "add ->FIELD");

  private final @Nullable String text;
  private final String advice;

  TraceError(@Nullable String text, String advice) {
    this.text = text;
    this.advice = advice;
  }

  /** The kernel's words, where a recording has them. */
  public @Nullable String text() {
    return text;
  }

  /** What to write instead. */
  public String advice() {
    return advice;
  }
}
