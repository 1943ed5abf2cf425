/** {@code bench growth}: what a notification costs as the stored state, and the history of its payment, grow. */
@NullMarked
package ipn.bench.growth;

import org.jspecify.annotations.NullMarked;
