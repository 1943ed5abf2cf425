/** {@code bench memory}: the time from the start until ready, and the resident memory after many notifications. */
@NullMarked
package ipn.bench.memory;

import org.jspecify.annotations.NullMarked;
