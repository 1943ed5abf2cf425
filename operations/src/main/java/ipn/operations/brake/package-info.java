/** The brake on revocations: its status, and the commands that release or discard what it withholds. */
@NullMarked
package ipn.operations.brake;

import org.jspecify.annotations.NullMarked;
