/** Compares what two runs of the pipeline made of the same inputs. */
@NullMarked
package ipn.app.diff;

import org.jspecify.annotations.NullMarked;
