/** {@code bench authenticate}: the time that gateways take to verify and translate a notification. */
@NullMarked
package ipn.bench.gateway;

import org.jspecify.annotations.NullMarked;
