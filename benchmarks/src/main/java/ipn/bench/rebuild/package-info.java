/** History run again at scale. */
@NullMarked
package ipn.bench.rebuild;

import org.jspecify.annotations.NullMarked;
