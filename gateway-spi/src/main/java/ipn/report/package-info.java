/** Lines of a gateway's settlement report that people had written to {@code ipn.raw}, where no notification came. */
@NullMarked
package ipn.report;

import org.jspecify.annotations.NullMarked;
