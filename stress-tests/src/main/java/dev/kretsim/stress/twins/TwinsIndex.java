package dev.kretsim.stress.twins;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which twins show which planted bug. Some show no planted bug, and are not in here. */
public final class TwinsIndex {
  private TwinsIndex() {}

  /**
   * By the planted bug's name, what {@code java -jar jcstress.jar -t} is to be given for it: each
   * of these tests has to fail.
   */
  public static Map<String, List<String>> testsByPlantedBug() {
    Map<String, List<String>> tests = new TreeMap<>();
    for (Map.Entry<String, Class<?>> twin : twins()) {
      String name = twin.getValue().getName().replace('$', '.');
      tests.computeIfAbsent(twin.getKey(), bug -> new ArrayList<>()).add(name);
    }
    return tests;
  }

  private static List<Map.Entry<String, Class<?>>> twins() {
    return List.of(
        entry(ListTwins.UntaggedStack.PLANTED, ListTwins.UntaggedStack.class),
        entry(ListTwins.UnlockedPush.PLANTED, ListTwins.UnlockedPush.class),
        entry(ListTwins.StingyList.PLANTED, ListTwins.StingyList.class),
        entry(ListTwins.Debtless.PLANTED, ListTwins.Debtless.class),
        entry(ListTwins.ListedForEver.PLANTED, ListTwins.ListedForEver.class),
        entry(ListTwins.HoldsTaken.PLANTED, ListTwins.HoldsTaken.class),
        entry(ListTwins.Careless.PLANTED, ListTwins.Careless.class),
        entry(RingTwins.EarlyRing.PLANTED, RingTwins.EarlyRing.class),
        entry(RingTwins.UnfencedRing.PLANTED, RingTwins.UnfencedRing.class),
        entry(RingTwins.LastFirst.PLANTED, RingTwins.LastFirst.class),
        entry(RingTwins.SharedRing.PLANTED, RingTwins.SharedRing.class),
        entry(RingTwins.StaleLast.PLANTED, RingTwins.StaleLast.class),
        entry(RingTwins.EntryLast.PLANTED, RingTwins.EntryLast.class),
        entry(RingTwins.PublishesEarly.PLANTED, RingTwins.PublishesEarly.class),
        entry(RingTwins.StoresHead.PLANTED, RingTwins.StoresHead.class),
        entry(ExhaustionTwins.Impatient.PLANTED, ExhaustionTwins.Impatient.class),
        entry(ExhaustionTwins.Faint.PLANTED, ExhaustionTwins.Faint.class),
        entry(ExhaustionTwins.CollectsOnce.PLANTED, ExhaustionTwins.CollectsOnce.class),
        entry(ExhaustionTwins.TakenForExact.PLANTED, ExhaustionTwins.TakenForExact.class),
        entry(SpinLockTwins.TestThenSet.PLANTED, SpinLockTwins.TestThenSet.class),
        entry(SpinLockTwins.HastyTicket.PLANTED, SpinLockTwins.HastyTicket.class),
        entry(ProbeTwins.HastyUnregister.PLANTED, ProbeTwins.HastyUnregister.class),
        entry(
            ProbeTwins.HastyUnregisterWhileATaskDies.PLANTED,
            ProbeTwins.HastyUnregisterWhileATaskDies.class),
        entry(
            ProbeTwins.HastyUnregisterOfOneOfTwo.PLANTED,
            ProbeTwins.HastyUnregisterOfOneOfTwo.class),
        entry(
            ProbeTwins.HastyUnregisterUnderAJump.PLANTED,
            ProbeTwins.HastyUnregisterUnderAJump.class),
        entry(
            ProbeTwins.HastyUnregisterAtASharedAddress.PLANTED,
            ProbeTwins.HastyUnregisterAtASharedAddress.class),
        entry(ProbeTwins.Forgetful.PLANTED, ProbeTwins.Forgetful.class),
        entry(ProbeTwins.Early.PLANTED, ProbeTwins.Early.class));
  }
}
