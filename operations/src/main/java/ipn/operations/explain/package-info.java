/** Why somebody has, or has not, what they may use: from the answer down to the bytes a gateway sent. */
@NullMarked
package ipn.operations.explain;

import org.jspecify.annotations.NullMarked;
