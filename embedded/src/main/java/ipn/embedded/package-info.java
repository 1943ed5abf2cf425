/** A real Kafka broker in a JVM of its own, and a schema registry, on loopback: for {@code up}, {@code demo} and tests. */
@NullMarked
package ipn.embedded;

import org.jspecify.annotations.NullMarked;
