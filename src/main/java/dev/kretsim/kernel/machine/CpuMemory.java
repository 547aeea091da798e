package dev.kretsim.kernel.machine;

import dev.kretsim.arch.AddressSpace;
import dev.kretsim.arch.PageFaultException;
import dev.kretsim.kernel.text.DataMemory;
import dev.kretsim.kernel.text.KernelText;

/** What a CPU's loads and stores reach: the running task's stack, data, text. */
final class CpuMemory implements AddressSpace {
  private final Cpu cpu;
  private final DataMemory data;
  private final DataMemory slots;
  private final KernelText text;

  CpuMemory(Cpu cpu, Machine machine) {
    this.cpu = cpu;
    this.data = machine.dataMemory();
    this.slots = machine.slotMemory();
    this.text = machine.text();
  }

  @Override
  public long read(long address, int bytes) {
    Task task = cpu.task();
    if (task.ownsStack(address)) {
      return task.read(address, bytes);
    }
    if (text.contains(address) && text.contains(address + bytes - 1)) {
      long value = 0;
      byte[] read = text.read(address, bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        value = value << Byte.SIZE | (read[i] & 0xff);
      }
      return value;
    }
    if (task.hasFlagsAt(address)) {
      return 0;
    }
    return (slots.contains(address) ? slots : data).read(address, bytes);
  }

  @Override
  public void write(long address, int bytes, long value) {
    Task task = cpu.task();
    if (task.ownsStack(address)) {
      task.write(address, bytes, value);
    } else if (text.contains(address) || slots.contains(address)) {
      throw new PageFaultException(address, true); // mapped read-only
    } else {
      data.write(address, bytes, value);
    }
  }
}
