/** Search for stored notifications whose format differs from what is known of their gateway. */
@NullMarked
package ipn.operations.drift;

import org.jspecify.annotations.NullMarked;
