/** Orders over HTTP, for checkouts without Kafka: {@link ipn.access.order.OrderWrites} says what an answer promises. */
@NullMarked
package ipn.access.order;

import org.jspecify.annotations.NullMarked;
