/** The processor: {@code ipn.raw} in, one outcome per raw record and the payment state out, exactly once. */
@NullMarked
package ipn.processor;

import org.jspecify.annotations.NullMarked;
