/** What the two Kafka Streams stages share: exactly-once settings, start, stop, health. */
@NullMarked
package ipn.streams;

import org.jspecify.annotations.NullMarked;
