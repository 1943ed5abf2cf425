/** What people on call do to a running pipeline: read it, check it, and put back what failed. */
@NullMarked
package ipn.operations;

import org.jspecify.annotations.NullMarked;
