/** The embedded stack: starts and stops broker, registry, topics and stages in sequence. */
@NullMarked
package ipn.app.stack;

import org.jspecify.annotations.NullMarked;
