/** Counts the test results of each gateway in a build. */
@NullMarked
package ipn.conformance.evidence;

import org.jspecify.annotations.NullMarked;
