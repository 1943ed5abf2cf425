/** Measures {@code ipn import}. */
@NullMarked
package ipn.bench.imports;

import org.jspecify.annotations.NullMarked;
