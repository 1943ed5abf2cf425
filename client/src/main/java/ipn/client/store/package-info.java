/** Decisions in memory, in about a hundred bytes each, and in a file. */
@NullMarked
package ipn.client.store;

import org.jspecify.annotations.NullMarked;
