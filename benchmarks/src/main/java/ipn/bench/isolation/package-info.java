/** {@code bench isolation}: how much a storm of refunds of one account delays the purchases of other users. */
@NullMarked
package ipn.bench.isolation;

import org.jspecify.annotations.NullMarked;
