/** The rules of settling: what one payment key claims, once what pays for it is known. Pure: no Kafka, no clock. */
@NullMarked
package ipn.projector.settlement;

import org.jspecify.annotations.NullMarked;
