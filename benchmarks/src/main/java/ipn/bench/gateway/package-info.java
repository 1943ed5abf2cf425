/** {@code bench authenticate}: measures how fast gateways authenticate and translate a notification. */
@NullMarked
package ipn.bench.gateway;

import org.jspecify.annotations.NullMarked;
