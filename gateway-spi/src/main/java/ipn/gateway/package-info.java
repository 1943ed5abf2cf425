/** The gateway contract: authenticate, identify and translate deliveries. Uses neither Kafka nor an HTTP server. */
@NullMarked
package ipn.gateway;

import org.jspecify.annotations.NullMarked;
