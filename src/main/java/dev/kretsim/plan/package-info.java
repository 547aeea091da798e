/**
 * Questions and answers about a pool's size, as data: what is asked, the curve, the recommendation.
 *
 * <p>How answers are found is in the rooms below, nothing of it here. Read {@code FunctionPlan}
 * first.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@NullMarked
package dev.kretsim.plan;

import org.apiguardian.api.API;
import org.jspecify.annotations.NullMarked;
