/** Reads {@code ipn.raw} beside the stage, by one process of all, to notice that notifications no longer come. */
@NullMarked
package ipn.processor.watch;

import org.jspecify.annotations.NullMarked;
