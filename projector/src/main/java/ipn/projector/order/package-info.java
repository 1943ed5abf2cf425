/** Orders: what a checkout expects, compared with the money that names it. Pure: no Kafka; a clock only stamps, and says what is overdue. */
@NullMarked
@Rules
package ipn.projector.order;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
