/** The topics and headers of the pipeline, declared once. */
@NullMarked
package ipn.topics;

import org.jspecify.annotations.NullMarked;
