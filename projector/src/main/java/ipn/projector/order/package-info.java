/** The rules of matching: what came against what a checkout expected. Pure: no Kafka, no clock. */
@NullMarked
package ipn.projector.order;

import org.jspecify.annotations.NullMarked;
