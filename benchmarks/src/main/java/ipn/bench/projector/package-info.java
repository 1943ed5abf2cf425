/** {@code bench brake} and {@code bench expiry}: load on one projector. */
@NullMarked
package ipn.bench.projector;

import org.jspecify.annotations.NullMarked;
