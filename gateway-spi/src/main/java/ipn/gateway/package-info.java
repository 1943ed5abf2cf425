/** What a gateway must answer: is it authentic, what is it about, what does it mean. No Kafka, no HTTP server. */
@NullMarked
package ipn.gateway;

import org.jspecify.annotations.NullMarked;
