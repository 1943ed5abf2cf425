/** The contract tests for gateways, and test utilities. */
@NullMarked
package ipn.conformance;

import org.jspecify.annotations.NullMarked;
