/** The check of conservation while the pipeline works. */
@NullMarked
package ipn.query.conservation;

import org.jspecify.annotations.NullMarked;
