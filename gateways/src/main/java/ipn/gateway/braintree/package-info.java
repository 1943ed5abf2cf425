/** Braintree: XML in base64 in a form, signed with HMAC-SHA1 by the private key of a pair. */
@NullMarked
package ipn.gateway.braintree;

import org.jspecify.annotations.NullMarked;
