/** {@code ipn bench access}: memory and time of the access question. */
@NullMarked
package ipn.bench.access;

import org.jspecify.annotations.NullMarked;
