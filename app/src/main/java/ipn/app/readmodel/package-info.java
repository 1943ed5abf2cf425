/** Asks the query stage where records are, so that commands need not read topics from their start. */
@NullMarked
package ipn.app.readmodel;

import org.jspecify.annotations.NullMarked;
