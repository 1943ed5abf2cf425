/** How a Kafka Streams stage runs: exactly-once settings, start, replacement of failed threads, stop. */
@NullMarked
package ipn.runtime.streams;

import org.jspecify.annotations.NullMarked;
