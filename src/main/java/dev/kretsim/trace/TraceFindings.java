package dev.kretsim.trace;

import java.util.List;

/**
 * What reading a trace established beside its calls.
 *
 * @param functions the functions' names; {@link Call#function} is an index into them
 * @param unpairedExits for each function, the returns that had no entry
 * @param possibleCpus the CPUs of the machine: as the header says, else the highest seen plus one;
 *     0 where the format shows none
 * @param spanNs from the first to the last stamp
 * @param remarks what a user should know, one line each
 * @param tallies for each function, what was counted; without its returns, which follow from its
 *     calls
 */
public record TraceFindings(
    List<String> functions,
    List<Long> unpairedExits,
    int possibleCpus,
    long spanNs,
    List<String> remarks,
    List<Tally> tallies) {
  /**
   * Copies the lists.
   *
   * @param functions the functions' names
   * @param unpairedExits for each function, the returns that had no entry
   * @param possibleCpus the CPUs of the machine
   * @param spanNs from the first to the last stamp
   * @param remarks what a user should know, one line each
   * @param tallies for each function, what was counted
   */
  public TraceFindings {
    functions = List.copyOf(functions);
    unpairedExits = List.copyOf(unpairedExits);
    remarks = List.copyOf(remarks);
    tallies = List.copyOf(tallies);
  }
}
