/** PayPal's Instant Payment Notification, the classic one: a form, authenticated by asking PayPal whether it sent it. */
@NullMarked
package ipn.gateway.paypalipn;

import org.jspecify.annotations.NullMarked;
