/** Coinbase: Commerce's charges, closed in most countries, and its successors' payment links and checkouts. */
@NullMarked
package ipn.gateway.coinbase;

import org.jspecify.annotations.NullMarked;
