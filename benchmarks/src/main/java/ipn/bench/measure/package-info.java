/** What several benchmarks read: topics, memory, metrics, progress. */
@NullMarked
package ipn.bench.measure;

import org.jspecify.annotations.NullMarked;
