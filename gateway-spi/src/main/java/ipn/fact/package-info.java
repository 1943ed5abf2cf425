/** The vocabulary every gateway is translated into: facts about money, invoices and subscriptions. Pure values. */
@NullMarked
package ipn.fact;

import org.jspecify.annotations.NullMarked;
