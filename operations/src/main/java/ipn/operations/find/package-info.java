/** Finds what people name in a complaint: an id of the gateway, a part of a payment key, an order, a user, an amount. */
@NullMarked
package ipn.operations.find;

import org.jspecify.annotations.NullMarked;
