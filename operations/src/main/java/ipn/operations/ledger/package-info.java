/** Reading the ledger: the entries of one key, and the trial balance. */
@NullMarked
package ipn.operations.ledger;

import org.jspecify.annotations.NullMarked;
