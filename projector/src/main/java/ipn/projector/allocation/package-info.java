/** How the money of payments is allocated and matched against the catalogue: what one payment key claims, once what pays it is known. Pure: no Kafka; a clock only stamps. */
@NullMarked
@Rules
package ipn.projector.allocation;

import ipn.rules.Rules;
import org.jspecify.annotations.NullMarked;
