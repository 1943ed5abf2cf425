/**
 * A second model of what access and the books must be, in days and whole minor units. It uses no class of the stage, so that an error
 * in a rule does not appear on both sides.
 */
@NullMarked
package ipn.projector.oracle;

import org.jspecify.annotations.NullMarked;
