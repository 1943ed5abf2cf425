package ipn.gateway.paypal;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.TrustAnchor;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The root certificates that the JVM trusts. Loaded at the first use, because loading is slow. */
final class SystemRoots {
    private SystemRoots() {}

    private static final class Holder {
        static final Set<TrustAnchor> ANCHORS = read();
    }

    static Set<TrustAnchor> anchors() {
        return Holder.ANCHORS;
    }

    static Set<TrustAnchor> read() {
        try {
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            @Nullable KeyStore usual = null;
            trust.init(usual);
            return Arrays.stream(trust.getTrustManagers())
                    .flatMap(manager -> manager instanceof X509TrustManager x509
                            ? Arrays.stream(x509.getAcceptedIssuers())
                            : Stream.empty())
                    .map(root -> new TrustAnchor(root, null))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has a trust store", e);
        }
    }
}
