/** {@code ipn bench}: benchmarks, which are not part of the build. */
@NullMarked
package ipn.bench;

import org.jspecify.annotations.NullMarked;
