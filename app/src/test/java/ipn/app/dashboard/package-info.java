/** Dashboards as code: Grafana's JSON is written from here. */
@NullMarked
package ipn.app.dashboard;

import org.jspecify.annotations.NullMarked;
