/** Decisions of people: writes them, and finds them again. */
@NullMarked
package ipn.operations.decision;

import org.jspecify.annotations.NullMarked;
