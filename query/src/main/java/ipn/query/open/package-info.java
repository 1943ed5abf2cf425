/** What is open and waits for a person, as metrics. */
@NullMarked
package ipn.query.open;

import org.jspecify.annotations.NullMarked;
