package ipn.gateway.paypalipn;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import ipn.gateway.Bytes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** PayPal's answering side on this machine: it says what a test wants, and keeps what it was asked. */
final class LocalPayPal implements AutoCloseable {
    /** One question. */
    record Asked(String method, String path, Map<String, List<String>> headers, Bytes body) {}

    static {
        // else every answer on a connection that is kept waits for a delayed acknowledgement; read at the first server
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final char[] PASSWORD = "for-tests-only".toCharArray();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Asked> asked = new CopyOnWriteArrayList<>();

    private LocalPayPal(HttpServer server, HttpHandler answer) {
        this.server = server;
        server.createContext("/", exchange -> {
            try (exchange) {
                var body = exchange.getRequestBody().readAllBytes();
                asked.add(new Asked(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        Map.copyOf(exchange.getRequestHeaders()),
                        Bytes.wrap(body)));
                // the answer may depend on it
                exchange.setStreams(new ByteArrayInputStream(body), null);
                answer.handle(exchange);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    static LocalPayPal overHttps(Certificate certificate, HttpHandler answer) throws Exception {
        var server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(certificate.context()));
        return new LocalPayPal(server, answer);
    }

    static LocalPayPal overHttp(HttpHandler answer) throws IOException {
        return new LocalPayPal(HttpServer.create(anyPort(), 0), answer);
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    String url() {
        var scheme = server instanceof HttpsServer ? "https" : "http";
        return scheme + "://localhost:" + server.getAddress().getPort() + "/cgi-bin/webscr";
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    /** What an account has to ask about a body. */
    static Bytes question(Bytes body) {
        var prefix = "cmd=_notify-validate&".getBytes(StandardCharsets.US_ASCII);
        var all = Arrays.copyOf(prefix, prefix.length + body.size());
        System.arraycopy(body.array(), 0, all, prefix.length, body.size());
        return Bytes.wrap(all);
    }

    static HttpHandler saying(String text) {
        return saying(200, text);
    }

    static HttpHandler saying(int status, String text) {
        return exchange -> {
            exchange.sendResponseHeaders(status, text.length());
            exchange.getResponseBody().write(text.getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Holds an answer back until the server closes. */
    void hold() {
        try {
            if (!closing.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** A certificate of localhost's own, made when the tests run; no key is kept. */
    record Certificate(KeyStore store) {

        static Certificate create(Path folder) throws Exception {
            var file = folder.resolve("localhost.p12");
            var keytool = new ProcessBuilder(
                            // spotless:off
                            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                            "-genkeypair", "-alias", "localhost", "-keyalg", "EC", "-groupname", "secp256r1",
                            "-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "2",
                            "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                            // spotless:on
                    .redirectErrorStream(true)
                    .start();
            var said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            var store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new Certificate(store);
        }

        SSLContext context() throws GeneralSecurityException {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        }

        Path pem(Path folder) throws Exception {
            var encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                    .encodeToString(store.getCertificate("localhost").getEncoded());
            var pem = "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n";
            return Files.writeString(folder.resolve("localhost.pem"), pem);
        }
    }
}
