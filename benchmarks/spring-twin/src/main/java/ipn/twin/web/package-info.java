/** Receives webhooks over HTTP and stores them in Kafka. */
@NullMarked
package ipn.twin.web;

import org.jspecify.annotations.NullMarked;
