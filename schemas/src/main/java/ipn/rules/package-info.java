/** The mark of packages that hold rules. */
@NullMarked
package ipn.rules;

import org.jspecify.annotations.NullMarked;
