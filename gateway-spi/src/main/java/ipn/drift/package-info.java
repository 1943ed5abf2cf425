/** Known formats of gateways, and the detection of notifications that differ from them. */
@NullMarked
package ipn.drift;

import org.jspecify.annotations.NullMarked;
