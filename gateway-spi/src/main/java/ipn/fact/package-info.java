/** The vocabulary every gateway is translated into: facts about money, bills and subscriptions. Pure values. */
@NullMarked
package ipn.fact;

import org.jspecify.annotations.NullMarked;
