/** Lines of a gateway's settlement report that operators had written to {@code ipn.raw} because a notification was missing. */
@NullMarked
package ipn.report;

import org.jspecify.annotations.NullMarked;
