/** Everything in one command: broker, registry, topics and stages, started and stopped in order. */
@NullMarked
package ipn.app.stack;

import org.jspecify.annotations.NullMarked;
