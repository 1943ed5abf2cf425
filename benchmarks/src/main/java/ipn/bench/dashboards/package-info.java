/** Draws the dashboards of Grafana without Grafana: pages with the panels of the files, and the numbers of a Prometheus. */
@NullMarked
package ipn.bench.dashboards;

import org.jspecify.annotations.NullMarked;
