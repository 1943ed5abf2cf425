/** PayPal's REST webhooks: events signed with RSA; PayPal serves the certificate. */
@NullMarked
package ipn.gateway.paypal;

import org.jspecify.annotations.NullMarked;
