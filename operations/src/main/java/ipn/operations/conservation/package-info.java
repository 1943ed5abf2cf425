/** The check that every raw record has exactly one outcome, and every unprocessable one a dead letter. */
@NullMarked
package ipn.operations.conservation;

import org.jspecify.annotations.NullMarked;
