package dev.kretsim.report.scale;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kretsim.report.plan.Page;
import dev.kretsim.scale.Published;
import dev.kretsim.scale.Study;
import dev.kretsim.scale.Study.Estimate;
import java.util.List;

/**
 * Throughput over threads as one page: all pools in one chart, the band between placements, and
 * what was published.
 */
public final class Html {
  private Html() {}

  /**
   * The page as text.
   *
   * @param published series to show as points; those of other machines are left out, and so are
   *     those whose threads did something else, which the page says
   */
  public static String render(
      Study study, List<Estimate> estimates, List<Published.Series> published) {
    ObjectNode json = Report.tree(study, estimates);
    ArrayNode series = json.putArray("published");
    boolean unlike = false;
    for (Published.Series one : published) {
      String pool = one.pool() == null ? "" : one.pool().name();
      if (pool.isEmpty() || !one.machine().equals(study.machine().name())) {
        continue;
      }
      if (one.did(study.workload(), study.maxactive())) {
        ObjectNode node = series.addObject().put("id", one.id()).put("pool", pool);
        ArrayNode points = node.putArray("points");
        one.given().forEach((threads, speed) -> points.addArray().add(threads).add(speed));
      } else {
        unlike = true;
      }
    }
    json.put("published_unlike", unlike);
    ArrayNode sentences = json.putArray("sentences");
    Diagnosis.sentences(estimates).forEach(sentences::add);
    return Page.render(Html.class, "scale.html", "/*scale*/", json.toString());
  }
}
