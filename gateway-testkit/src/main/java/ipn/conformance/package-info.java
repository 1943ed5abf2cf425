/** The contract that every gateway passes, and what its tests need. */
@NullMarked
package ipn.conformance;

import org.jspecify.annotations.NullMarked;
