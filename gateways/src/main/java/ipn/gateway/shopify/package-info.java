/** Shopify: orders and their transactions, refunds, disputes and subscription billing; only the body is signed. */
@NullMarked
package ipn.gateway.shopify;

import org.jspecify.annotations.NullMarked;
