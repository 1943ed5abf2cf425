/** What records become in the tables. Free of input and output. */
@NullMarked
package ipn.query.model;

import org.jspecify.annotations.NullMarked;
