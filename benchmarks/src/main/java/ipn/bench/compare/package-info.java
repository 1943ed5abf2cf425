/** Comparisons of rounds that alternate: pairs, ratios, and the figures that a result consists of. */
@NullMarked
package ipn.bench.compare;

import org.jspecify.annotations.NullMarked;
