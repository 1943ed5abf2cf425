/** {@code bench pipeline}: the speed and the cost of the whole pipeline, beside those of a topology that only passes records on. */
@NullMarked
package ipn.bench.pipeline;

import org.jspecify.annotations.NullMarked;
