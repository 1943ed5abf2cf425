package ipn.gateway.paypal;

import com.sun.net.httpserver.HttpExchange;
import ipn.conformance.LocalPeer;
import ipn.conformance.TestFiles;
import java.io.IOException;
import java.util.List;

/** PayPal's place for certificates, on this machine: {@code .../certs/NAME} is the file NAME of the test keys. */
final class CertificateHost implements AutoCloseable {
    static final String FOLDER = "/v1/notifications/certs/";

    /** As the samples' headers name it. */
    private static final String OF_SAMPLES = "CERT-360caa42-fca2a594-00000001";

    private final LocalPeer peer;

    CertificateHost() {
        try {
            peer = LocalPeer.overHttp(CertificateHost::answer);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        var name = exchange.getRequestURI().getPath().substring(FOLDER.length());
        var file = "keys/paypal/" + (name.equals(OF_SAMPLES) ? "samples-leaf" : name) + ".pem";
        var pem = TestFiles.bytes(file).array();
        exchange.sendResponseHeaders(200, pem.length);
        exchange.getResponseBody().write(pem);
    }

    static String url(String name) {
        return "https://api.sandbox.paypal.com" + FOLDER + name;
    }

    /** For the setting {@code fetch-via}. */
    String via() {
        return peer.url("");
    }

    List<LocalPeer.Request> requests() {
        return peer.requests();
    }

    @Override
    public void close() {
        peer.close();
    }
}
