/** A real Kafka broker in a JVM of its own, and a schema registry, on loopback: for the demo, one machine, and tests. */
@NullMarked
package ipn.embedded;

import org.jspecify.annotations.NullMarked;
