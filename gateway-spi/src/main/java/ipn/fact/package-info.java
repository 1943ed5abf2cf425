/** The common vocabulary of all gateways: facts about money, invoices and subscriptions. Immutable values. */
@NullMarked
package ipn.fact;

import org.jspecify.annotations.NullMarked;
