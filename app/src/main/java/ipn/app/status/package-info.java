/** The state of a running pipeline, from the metrics of its stages. */
@NullMarked
package ipn.app.status;

import org.jspecify.annotations.NullMarked;
