/**
 * The kernel's text and symbols: bytes at addresses, as compiled and as they are now, modules that
 * come and go, data.
 *
 * <p>What a CPU does with them belongs to {@code kernel.machine}. Read {@code SymbolTable} first,
 * then {@code KernelText}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.kernel.text;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
