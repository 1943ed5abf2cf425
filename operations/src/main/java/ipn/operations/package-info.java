/** Operations on a running pipeline: reading it, checking it, and replaying what failed. */
@NullMarked
package ipn.operations;

import org.jspecify.annotations.NullMarked;
