/** {@code bench twin}: the pipeline beside the service that a team would write instead. */
@NullMarked
package ipn.bench.twin;

import org.jspecify.annotations.NullMarked;
