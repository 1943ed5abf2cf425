/** From an authentic delivery to records on Kafka: {@code ipn.raw}, and attempts that were not authentic. */
@NullMarked
package ipn.ingress.log;

import org.jspecify.annotations.NullMarked;
