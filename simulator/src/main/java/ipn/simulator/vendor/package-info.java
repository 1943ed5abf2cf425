/** One payment gateway per simulator: which template and which values each event has, and how the gateway signs. */
@NullMarked
package ipn.simulator.vendor;

import org.jspecify.annotations.NullMarked;
