package ipn.runtime.caller;

import io.vertx.core.http.HttpServerRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What a request says about its sender.
 *
 * @param host that it was sent to; empty: it names none
 * @param authorization the headers of this name
 * @param certificate of the client, which the TLS handshake has verified
 */
record Credentials(String host, List<String> authorization, Optional<X509Certificate> certificate) {

    static Credentials of(HttpServerRequest request) {
        var authority = request.authority();
        return new Credentials(
                authority == null ? "" : authority.host(),
                request.headers().getAll("authorization"),
                request.isSSL() ? certificate(request) : Optional.empty());
    }

    private static Optional<X509Certificate> certificate(HttpServerRequest request) {
        try {
            return request.connection().peerCertificates().stream()
                    .findFirst()
                    .filter(X509Certificate.class::isInstance)
                    .map(X509Certificate.class::cast);
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty(); // the client has presented none
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Credentials[" + host + "]";
    }
}
