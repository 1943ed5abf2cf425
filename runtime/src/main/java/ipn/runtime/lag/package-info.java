/** How far a stage is behind: records that it has not yet processed and committed. */
@NullMarked
package ipn.runtime.lag;

import org.jspecify.annotations.NullMarked;
