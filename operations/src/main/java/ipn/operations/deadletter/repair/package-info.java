/** Repairs the body of a dead letter: functions of the body and a patch. */
@NullMarked
package ipn.operations.deadletter.repair;

import org.jspecify.annotations.NullMarked;
