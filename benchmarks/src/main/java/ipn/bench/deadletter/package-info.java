/** Measures triage and redrive of many dead letters, with the redrive killed again and again. */
@NullMarked
package ipn.bench.deadletter;

import org.jspecify.annotations.NullMarked;
