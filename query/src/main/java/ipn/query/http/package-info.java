/** The questions over HTTP. */
@NullMarked
package ipn.query.http;

import org.jspecify.annotations.NullMarked;
