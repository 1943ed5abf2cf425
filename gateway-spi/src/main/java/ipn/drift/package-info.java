/** What is known of gateways' formats, and where notifications leave it. */
@NullMarked
package ipn.drift;

import org.jspecify.annotations.NullMarked;
