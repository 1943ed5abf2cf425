/** Plots as SVG: charts of lines, and bars of figures beside their goals. */
@NullMarked
package ipn.bench.plot;

import org.jspecify.annotations.NullMarked;
