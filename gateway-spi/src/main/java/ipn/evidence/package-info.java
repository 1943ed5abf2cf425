/** Conformance test results of each gateway, contained in its jar. */
@NullMarked
package ipn.evidence;

import org.jspecify.annotations.NullMarked;
