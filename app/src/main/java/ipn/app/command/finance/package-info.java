/** Commands for finance: the ledger, and the comparison of a gateway's report with payment state. */
@NullMarked
package ipn.app.command.finance;

import org.jspecify.annotations.NullMarked;
