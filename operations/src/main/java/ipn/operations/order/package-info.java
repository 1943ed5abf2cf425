/** Orders: writing one as a checkout does. */
@NullMarked
package ipn.operations.order;

import org.jspecify.annotations.NullMarked;
