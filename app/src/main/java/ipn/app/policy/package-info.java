/** What changed settings would change: stored payments and orders, read from topics and matched again by the rules of the projector. */
@NullMarked
package ipn.app.policy;

import org.jspecify.annotations.NullMarked;
