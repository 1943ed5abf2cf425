/** OpenID AuthZEN Authorization API 1.0: https://openid.net/specs/authorization-api-1_0.html. */
@NullMarked
package ipn.access.authzen;

import org.jspecify.annotations.NullMarked;
