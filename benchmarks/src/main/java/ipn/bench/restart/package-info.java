/** {@code bench restart}: kills the stages with state, and measures how long entitlements stop. */
@NullMarked
package ipn.bench.restart;

import org.jspecify.annotations.NullMarked;
