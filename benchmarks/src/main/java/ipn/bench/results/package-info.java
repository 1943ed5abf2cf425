/** The results of benchmarks: as JSON, which each of them writes, and as a page with plots, which is generated from the JSON. */
@NullMarked
package ipn.bench.results;

import org.jspecify.annotations.NullMarked;
