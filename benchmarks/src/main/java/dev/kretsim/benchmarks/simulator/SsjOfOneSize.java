package dev.kretsim.benchmarks.simulator;

import java.util.function.DoubleSupplier;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.BinaryTree;

/** With the events of SSJ, in the event list that serves it best here. */
public final class SsjOfOneSize implements OneSize {
  private final DoubleSupplier gaps;
  private final DoubleSupplier holds;
  private final int size;
  private final Simulator simulator = new Simulator(new BinaryTree());
  private int inside;
  private int left;
  private long missed;

  public SsjOfOneSize(DoubleSupplier gaps, DoubleSupplier holds, int size) {
    this.gaps = gaps;
    this.holds = holds;
    this.size = size;
    simulator.init();
    new Arrival().schedule(gaps.getAsDouble());
  }

  @Override
  public long missed(int calls) {
    left = calls;
    missed = 0;
    simulator.start();
    return missed;
  }

  private final class Arrival extends Event {
    Arrival() {
      super(SsjOfOneSize.this.simulator);
    }

    @Override
    public void actions() {
      double hold = holds.getAsDouble();
      if (inside < size) {
        inside++;
        new Departure().schedule(hold);
      } else {
        missed++;
      }
      schedule(gaps.getAsDouble());
      if (--left == 0) {
        simulator.stop();
      }
    }
  }

  private final class Departure extends Event {
    Departure() {
      super(SsjOfOneSize.this.simulator);
    }

    @Override
    public void actions() {
      inside--;
    }
  }
}
