/** {@code bench load} and {@code bench chaos}: a workload against all stages, compared with expected results. */
@NullMarked
package ipn.bench.load;

import org.jspecify.annotations.NullMarked;
