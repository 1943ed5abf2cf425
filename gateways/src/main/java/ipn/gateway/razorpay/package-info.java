/** Razorpay: events with snapshots of payment, refund, dispute or subscription, signed with HMAC-SHA256. */
@NullMarked
package ipn.gateway.razorpay;

import org.jspecify.annotations.NullMarked;
