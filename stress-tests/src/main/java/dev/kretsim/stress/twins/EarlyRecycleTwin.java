package dev.kretsim.stress.twins;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.kretsim.pool.PoolDesigns;
import dev.kretsim.stress.pool.Handover;
import dev.kretsim.stress.pool.Pools;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Twin of {@code PusherPublishesToTheNextPopper}: gives back before it writes, which is what a lost
 * release looks like from the other CPU. The pool itself is whole here.
 *
 * <p>A pool that gives back by a plain store is no twin: on x86-64 it showed in some runs only,
 * with the compiler's scheduling randomized, and in none as brief as the build's. So a pool that
 * passes there may still lack its release.
 */
@JCStressTest
@Outcome(
    id = {"-1", "42"},
    expect = ACCEPTABLE,
    desc = "The bug did not show this time.")
@Outcome(expect = FORBIDDEN, desc = "Caught: the instance arrived without its payload.")
@State
public class EarlyRecycleTwin extends Handover {
  public EarlyRecycleTwin() {
    super(Pools.of(PoolDesigns.OBJPOOL, 1));
  }

  @Actor
  public void returning() {
    push();
    write();
  }

  @Actor
  public void entering(I_Result result) {
    result.r1 = popAndRead();
  }
}
