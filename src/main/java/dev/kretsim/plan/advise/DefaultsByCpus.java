package dev.kretsim.plan.advise;

import dev.kretsim.plan.Curves;
import dev.kretsim.plan.FunctionPlan.Point;
import dev.kretsim.plan.PlanQuestion;
import dev.kretsim.plan.PossibleCpus;
import dev.kretsim.plan.Recommendation.DefaultOn;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the kernel's default does on machines of each size, where it is not known which one. */
final class DefaultsByCpus {
  private final PlanQuestion question;
  private final List<Point> curve;
  private final int needed;

  private DefaultsByCpus(PlanQuestion question, List<Point> curve, int needed) {
    this.question = question;
    this.curve = curve;
    this.needed = needed;
  }

  /** At most three cases: the smallest machines, the ones between, and where it is enough. */
  static List<DefaultOn> of(PlanQuestion question, List<Point> curve, int needed) {
    return new DefaultsByCpus(question, curve, needed).cases();
  }

  private List<DefaultOn> cases() {
    int least = byDefault(1);
    if (least >= needed) {
      return List.of(on(1, null));
    }
    int small = 1;
    while (byDefault(small + 1) == least) {
      small++;
    }
    int enough = small + 1;
    while (enough <= PossibleCpus.MOST && byDefault(enough) < needed) {
      enough++;
    }
    List<DefaultOn> cases = new ArrayList<>();
    cases.add(on(1, small));
    if (enough - 1 > small) {
      cases.add(on(small + 1, enough - 1));
    }
    if (enough <= PossibleCpus.MOST) {
      cases.add(on(enough, null));
    }
    return cases;
  }

  private DefaultOn on(int from, @Nullable Integer upTo) {
    int maxactive = byDefault(from);
    return new DefaultOn(
        from, upTo, maxactive, Curves.at(curve, maxactive).missRatio(), maxactive >= needed);
  }

  private int byDefault(int cpus) {
    return question.kernel().defaultMaxactive(question.preemption(), cpus);
  }
}
