/** Applies a version of the catalogue to what was paid before, and follows how far it is. */
@NullMarked
package ipn.operations.policy;

import org.jspecify.annotations.NullMarked;
