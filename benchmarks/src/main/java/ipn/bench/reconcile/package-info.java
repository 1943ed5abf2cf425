/** {@code bench reconcile}: reconciles a large report with planted differences. */
@NullMarked
package ipn.bench.reconcile;

import org.jspecify.annotations.NullMarked;
