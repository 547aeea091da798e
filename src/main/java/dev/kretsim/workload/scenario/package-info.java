/**
 * Scenario files: what a run consists of, and their strict reader.
 *
 * <p>A new key is a component of {@code Scenario} and a line in {@code ScenarioReader}. Used by
 * {@code workload.run}, the explanations and the command line; read {@code Scenario} first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.workload.scenario;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
