/** {@code bench chaos}: faults under load, and what an oracle finds afterwards. */
@NullMarked
package ipn.bench.chaos;

import org.jspecify.annotations.NullMarked;
