/** How log lines leave a stage. */
@NullMarked
package ipn.runtime.logging;

import org.jspecify.annotations.NullMarked;
