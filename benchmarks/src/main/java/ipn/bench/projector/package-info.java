/** {@code bench brake} and {@code bench expiry}: a projector under load. */
@NullMarked
package ipn.bench.projector;

import org.jspecify.annotations.NullMarked;
