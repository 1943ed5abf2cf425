/** What an order must be, for whoever writes one and for the projector. */
@NullMarked
@Rules
package ipn.order;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
