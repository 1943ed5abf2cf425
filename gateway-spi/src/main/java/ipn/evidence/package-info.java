/** What was shown of each gateway by its tests, carried by its jar. */
@NullMarked
package ipn.evidence;

import org.jspecify.annotations.NullMarked;
