/**
 * Who may ask a server of ours: bearer tokens of an OpenID Connect issuer, client certificates and tokens of services; without any of them,
 * programs of this machine. {@link ipn.runtime.caller.CallerGate} decides about each request.
 */
@NullMarked
package ipn.runtime.caller;

import org.jspecify.annotations.NullMarked;
