/**
 * The load generator in a process of its own: signed calls over HTTP, in a closed loop or at a rate, from when each call was due; and the records of a producer
 * at the same rate.
 */
@NullMarked
package ipn.bench.generator;

import org.jspecify.annotations.NullMarked;
