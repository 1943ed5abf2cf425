/** Questions about one payment, subject or order, answered from the partitions that hold its key. */
@NullMarked
package ipn.operations.query;

import org.jspecify.annotations.NullMarked;
