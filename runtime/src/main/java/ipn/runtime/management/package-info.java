/** The management port of every stage: health and metrics over HTTP. */
@NullMarked
package ipn.runtime.management;

import org.jspecify.annotations.NullMarked;
