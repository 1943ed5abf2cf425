/** {@code ipn bench}: measured runs, apart from the build. */
@NullMarked
package ipn.bench;

import org.jspecify.annotations.NullMarked;
