/** PayPal's REST webhooks: events signed with RSA, under a certificate that stands at PayPal. */
@NullMarked
package ipn.gateway.paypal;

import org.jspecify.annotations.NullMarked;
