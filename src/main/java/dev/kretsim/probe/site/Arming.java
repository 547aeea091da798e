package dev.kretsim.probe.site;

import dev.kretsim.arch.choice.Arch;
import dev.kretsim.kernel.machine.Machine;
import dev.kretsim.kernel.text.KernelText;
import dev.kretsim.probe.Errno;
import dev.kretsim.probe.Flavour;
import dev.kretsim.probe.KprobeException;
import java.util.HashSet;
import java.util.Set;

/** Puts breakpoints, calls and jumps into the text, and takes them out again. */
public final class Arming {
  private static final int CALL = 0xe8;
  private static final int JUMP = 0xe9;

  /** Bytes of a call or jump with a 32-bit displacement. */
  public static final int JUMP_BYTES = 5;

  /** Where ftrace's and the optimiser's detours lie; nobody reads what is there. */
  private static final long DETOURS = 0xffff_ffff_d800_0000L;

  private final Arch arch;
  private final KernelText text;
  private final Set<Long> modifiedByOthers = new HashSet<>();

  Arming(Machine machine) {
    this.arch = machine.arch();
    this.text = machine.text();
  }

  /** The site as it is once armed. */
  Site hooked(Site site) {
    boolean hooks = site.flavour() == Flavour.FTRACE && site.hook() == Site.FtraceHook.NONE;
    return hooks ? site.hookedBy(site.wantedHook()) : site;
  }

  void otherUserModifiesIp(long address, boolean does) {
    if (does) {
      modifiedByOthers.add(address);
    } else {
      modifiedByOthers.remove(address);
    }
  }

  /**
   * Only one user of ftrace may change the instruction pointer at a site.
   *
   * @throws KprobeException if another does already
   */
  void requirePossible(Site site) {
    boolean modifies =
        site.flavour() == Flavour.FTRACE && site.hook() == Site.FtraceHook.IP_MODIFYING;
    if (modifies && modifiedByOthers.contains(site.address())) {
      throw new KprobeException(
          Errno.EBUSY, "another user of ftrace changes the instruction pointer there");
    }
  }

  /** {@code arm_kprobe}: from now on, CPUs that get to the address are caught. */
  void arm(Site site) {
    long address = site.address();
    text.poke(
        address,
        switch (site.flavour()) {
          case FTRACE -> branch(CALL, address);
          case BREAKPOINT -> arch.breakpoint();
          case OPTIMIZED -> branch(JUMP, address);
        });
  }

  /**
   * {@code disarm_kprobe}.
   *
   * @throws KprobeException if ftrace is asked to remove what it does not have: the site was armed
   *     without a post-handler, and has got one since. A bug of all kernels so far.
   */
  Site disarm(Site site) {
    if (site.flavour() == Flavour.FTRACE) {
      if (site.hook() != Site.FtraceHook.NONE && site.hook() != site.wantedHook()) {
        throw new KprobeException(
            Errno.ENOENT, "ftrace has another hook there: 0x" + Long.toHexString(site.address()));
      }
      text.restore(site.address(), JUMP_BYTES);
      return site.hookedBy(Site.FtraceHook.NONE);
    }
    text.restore(site.address(), lengthOf(site.flavour()));
    return site.as(Flavour.BREAKPOINT); // a jump has to be earned again
  }

  /** Turns a jump back into a breakpoint. */
  Site unoptimize(Site site) {
    text.poke(site.address(), arch.breakpoint());
    int rest = arch.breakpoint().length;
    text.restore(site.address() + rest, JUMP_BYTES - rest);
    return site.as(Flavour.BREAKPOINT);
  }

  private int lengthOf(Flavour flavour) {
    return flavour == Flavour.BREAKPOINT ? arch.breakpoint().length : JUMP_BYTES;
  }

  private static byte[] branch(int opcode, long from) {
    int displacement = (int) (DETOURS - (from + JUMP_BYTES));
    byte[] bytes = new byte[JUMP_BYTES];
    bytes[0] = (byte) opcode;
    for (int i = 1; i < JUMP_BYTES; i++) {
      bytes[i] = (byte) (displacement >>> (Byte.SIZE * (i - 1)));
    }
    return bytes;
  }
}
