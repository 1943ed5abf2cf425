/** A stage as a process of its own: its settings, its management port, its end. */
@NullMarked
package ipn.runtime.process;

import org.jspecify.annotations.NullMarked;
