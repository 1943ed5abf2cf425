/** Spans of what the stages do, exported to a collector over OTLP; off unless the settings name one. */
@NullMarked
package ipn.runtime.traces;

import org.jspecify.annotations.NullMarked;
