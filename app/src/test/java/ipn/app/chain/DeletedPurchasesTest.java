package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import ipn.settings.Settings;
import ipn.simulator.Simulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds at Google Play of purchases that Google has deleted: the notification alone ends access, and is not refused. */
class DeletedPurchasesTest {
    @TempDir
    private static Path folder;

    private static AttackedShop shop;

    private final Buyer buyer = shop.newBuyer();

    @BeforeAll
    static void open() throws IOException {
        shop = AttackedShop.open(folder, Map.of());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    /** Google deletes the documents of old purchases. */
    @ParameterizedTest
    @CsvSource({
        "400, SUBSCRIPTION_PURCHASED, VOIDED_PURCHASE.subscription",
        "404, SUBSCRIPTION_PURCHASED, VOIDED_PURCHASE.subscription",
        "410, SUBSCRIPTION_PURCHASED, VOIDED_PURCHASE.subscription",
        "400, ONE_TIME_PRODUCT_PURCHASED, VOIDED_PURCHASE.product",
        "404, ONE_TIME_PRODUCT_PURCHASED, VOIDED_PURCHASE.product",
        "410, ONE_TIME_PRODUCT_PURCHASED, VOIDED_PURCHASE.product"
    })
    void a_void_of_a_purchase_whose_documents_are_gone_ends_access(int status, String purchased, String voided)
            throws IOException {
        var sample = buyer.month("google-play", "premium");
        buyer.deliver("google-play/main", purchased, sample, Edits.none());
        buyer.assertGranted();

        var google = withoutPurchases(status);
        try {
            buyer.receive(asks(google), voided, buyer.later(sample));
        } finally {
            google.stop(0);
        }

        assertThat(buyer.access()).isEmpty();
        assertThat(buyer.deadLetters()).isEmpty();
    }

    /** Our settings, with another server in the place of Google. */
    private static Settings asks(HttpServer google) {
        var url = "http://127.0.0.1:" + google.getAddress().getPort();
        return shop.settings(Map.of("google-play/main fetch-via", url));
    }

    /** Keys and access tokens as ever; any other document is answered with the status. */
    private static HttpServer withoutPurchases(int status) throws IOException {
        var documents = Simulator.find("google-play").orElseThrow().documents();
        var google = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        google.createContext("/", exchange -> {
            try (exchange) {
                var document = documents.get(exchange.getRequestURI().getPath());
                var body = document == null ? "{}".getBytes(UTF_8) : document.array();
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(document == null ? status : 200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        google.start();
        return google;
    }
}
