/** Counts what the tests of a build show of each gateway. */
@NullMarked
package ipn.conformance.evidence;

import org.jspecify.annotations.NullMarked;
