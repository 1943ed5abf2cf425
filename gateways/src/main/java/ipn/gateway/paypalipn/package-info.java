/** PayPal's classic Instant Payment Notification: a form, which PayPal verifies when it is posted back. */
@NullMarked
package ipn.gateway.paypalipn;

import org.jspecify.annotations.NullMarked;
