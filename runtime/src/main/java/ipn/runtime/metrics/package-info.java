/** Every metric of the stages in one table, and how they are registered. */
@NullMarked
package ipn.runtime.metrics;

import org.jspecify.annotations.NullMarked;
