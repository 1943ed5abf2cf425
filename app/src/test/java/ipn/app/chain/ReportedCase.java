package ipn.app.chain;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.Delivery;
import ipn.gateway.NotificationTime;
import ipn.gateway.content.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/**
 * What a gateway sends in one situation, and the state that must follow. A file contains {@code deliveries}, the {@code orders} in
 * which they arrive (lists of indexes; default: as written) and {@code expect}. A delivery has one of {@code json}, {@code form},
 * {@code text}, {@code claims} (Apple's, unsigned), {@code message} (Google's, inside Pub/Sub's) and {@code xml} (Braintree's); {@code
 * fetched} are the documents that it refers to, by URL. Nothing is signed: the ingress verifies, and these start behind it.
 */
record ReportedCase(String name, JsonNode content) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static ReportedCase read(Path file) {
        try {
            return new ReportedCase(
                    file.getFileName().toString().replace(".json", ""), JSON.readTree(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One delivery, and the documents that are fetched because of it. */
    record Arrival(String gateway, String account, List<Delivery> deliveries) {}

    List<List<Integer>> orders() {
        var orders = content.path("orders");
        if (orders.isMissingNode()) {
            return List.of(IntStream.range(0, content.path("deliveries").size())
                    .boxed()
                    .toList());
        }
        return elements(orders)
                .map(order -> elements(order).map(JsonNode::asInt).toList())
                .toList();
    }

    Arrival arrival(int index) {
        var delivery = content.path("deliveries").path(index);
        var account = delivery.path("account").asText().split("/");
        var all = new ArrayList<Delivery>();
        all.add(new Delivery(headers(delivery), Bytes.wrap(body(delivery).getBytes(UTF_8)), Chain.NOW));
        fields(delivery.path("fetched"))
                .forEach((url, document) -> all.add(NotificationTime.document(
                        url,
                        "application/json",
                        Bytes.wrap(document.toString().getBytes(UTF_8)),
                        all.get(0),
                        notifiedAt(delivery))));
        return new Arrival(account[0], account[1], all);
    }

    private static Instant notifiedAt(JsonNode delivery) {
        var millis = delivery.path("message").path("eventTimeMillis");
        return millis.isMissingNode() ? Chain.NOW : Instant.ofEpochMilli(millis.asLong());
    }

    JsonNode expected(String section) {
        return content.path("expect").path(section);
    }

    static Map<String, JsonNode> fields(JsonNode node) {
        var fields = new TreeMap<String, JsonNode>();
        node.fields().forEachRemaining(field -> fields.put(field.getKey(), field.getValue()));
        return fields;
    }

    static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Map<String, List<String>> headers(JsonNode delivery) {
        var headers = new TreeMap<String, List<String>>();
        var form = delivery.has("form") || delivery.has("xml");
        headers.put(
                "content-type",
                List.of(form ? "application/x-www-form-urlencoded" : "application/json; charset=utf-8"));
        fields(delivery.path("headers"))
                .forEach(
                        (name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), List.of(value.asText())));
        return headers;
    }

    private static String body(JsonNode delivery) {
        if (delivery.has("claims")) {
            return JSON.createObjectNode()
                    .put("signedPayload", token(delivery.path("claims")))
                    .toString();
        }
        if (delivery.has("message")) {
            return pubSub(delivery);
        }
        if (delivery.has("xml")) {
            var payload = base64(delivery.path("xml").asText());
            return "bt_signature=unsigned&bt_payload=" + URLEncoder.encode(payload, UTF_8);
        }
        return delivery.has("json")
                ? delivery.path("json").toString()
                : delivery.path(delivery.has("form") ? "form" : "text").asText();
    }

    /** An unsigned token; an object {@code {"$jws": ...}} inside becomes a token too. */
    private static String token(JsonNode claims) {
        var encoder = Base64.getUrlEncoder().withoutPadding();
        return String.join(
                ".",
                encoder.encodeToString("{\"alg\":\"ES256\"}".getBytes(UTF_8)),
                encoder.encodeToString(withTokens(claims).toString().getBytes(UTF_8)),
                encoder.encodeToString("unsigned".getBytes(UTF_8)));
    }

    private static JsonNode withTokens(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return node;
        }
        var replaced = JSON.createObjectNode();
        fields(object)
                .forEach((name, value) -> replaced.set(
                        name, value.has("$jws") ? replaced.textNode(token(value.path("$jws"))) : withTokens(value)));
        return replaced;
    }

    private static String pubSub(JsonNode delivery) {
        var message = JSON.createObjectNode()
                .put("data", base64(delivery.path("message").toString()))
                .put("messageId", delivery.path("id").asText())
                .put("publishTime", Chain.NOW.toString());
        var body = JSON.createObjectNode().put("subscription", "projects/example/subscriptions/play");
        body.set("message", message);
        return body.toString();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
