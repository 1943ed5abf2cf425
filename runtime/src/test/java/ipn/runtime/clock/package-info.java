/** Programs whose wall clock a test sets while they run. */
@NullMarked
package ipn.runtime.clock;

import org.jspecify.annotations.NullMarked;
