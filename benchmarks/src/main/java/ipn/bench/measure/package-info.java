/** Measurements that several benchmarks share: topics, memory, metrics, progress. */
@NullMarked
package ipn.bench.measure;

import org.jspecify.annotations.NullMarked;
