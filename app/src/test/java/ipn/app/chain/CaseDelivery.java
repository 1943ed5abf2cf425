package ipn.app.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.content.Bytes;
import ipn.simulator.Draft;
import ipn.simulator.Outgoing;
import ipn.simulator.Simulator;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One delivery of a case.
 *
 * @param to gateway and account, such as {@code stripe/main}
 * @param id of the message, where the gateway has it in a header or around the notification; without it, one made of the content
 * @param body JSON, the fields of a form, or the text of a document
 * @param headers besides those of the signature
 * @param documents that the gateway serves from now on, by path
 * @param pause how much time passes afterwards
 */
record CaseDelivery(
        String to,
        Optional<String> id,
        Body body,
        Map<String, String> headers,
        Map<String, JsonNode> documents,
        Optional<Duration> pause) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MESSAGE_DIGITS = 16;

    /** The form in a file. */
    record Form(
            String to,
            String id,
            JsonNode json,
            Map<String, String> form,
            String charset,
            String text,
            Map<String, String> headers,
            Map<String, JsonNode> documents,
            String pause) {}

    /** What is sent, before placeholders are replaced. */
    sealed interface Body {
        record Json(JsonNode value) implements Body {}

        record Fields(Map<String, String> fields, Charset charset) implements Body {}

        record Text(String text) implements Body {}
    }

    static CaseDelivery of(Form form) {
        return new CaseDelivery(
                Objects.requireNonNull(form.to, "to"),
                Optional.ofNullable(form.id),
                body(form),
                Objects.requireNonNullElse(form.headers, Map.of()),
                Objects.requireNonNullElse(form.documents, Map.of()),
                Optional.ofNullable(form.pause).map(Duration::parse));
    }

    private static Body body(Form form) {
        if (form.json != null) {
            return new Body.Json(form.json);
        }
        if (form.form != null) {
            var charset = Objects.requireNonNullElse(form.charset, "UTF-8");
            return new Body.Fields(form.form, Charset.forName(charset));
        }
        return new Body.Text(Objects.requireNonNull(form.text, "json, form or text"));
    }

    String gateway() {
        return to.substring(0, to.indexOf('/'));
    }

    String account() {
        return to.substring(to.indexOf('/') + 1);
    }

    /** Signed as the gateway does. */
    Outgoing signed(Simulator simulator, CaseValues values, Instant now) {
        return simulator.gateway().sign(draft(simulator, values, now), simulator.sender(), now);
    }

    private Draft draft(Simulator simulator, CaseValues values, Instant now) {
        var type = body instanceof Body.Fields ? "application/x-www-form-urlencoded" : "application/json";
        var filled = headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, each -> values.fill(each.getValue())));
        var served = documents.entrySet().stream()
                .collect(Collectors.toMap(
                        each -> values.fill(each.getKey()),
                        each -> Bytes.utf8(values.fill(each.getValue()).toString())));
        var content = content(simulator, values, now);
        var message = id.map(values::fill).orElseGet(() -> content.sha256().substring(0, MESSAGE_DIGITS));
        return new Draft(type, message, content, filled, served);
    }

    private Bytes content(Simulator simulator, CaseValues values, Instant now) {
        if (body instanceof Body.Json json) {
            var filled = values.fill(json.value());
            return switch (gateway()) {
                case "apple" -> Bytes.utf8(withTokens(filled, simulator, now).toString());
                case "google-play" ->
                    Bytes.utf8(pushed(filled, simulator, values, now).toString());
                default -> Bytes.utf8(filled.toString());
            };
        }
        if (body instanceof Body.Fields form) {
            return Bytes.utf8(form.fields().entrySet().stream()
                    .map(each -> encoded(each.getKey(), form) + "=" + encoded(values.fill(each.getValue()), form))
                    .collect(Collectors.joining("&")));
        }
        return Bytes.utf8(values.fill(((Body.Text) body).text()));
    }

    private static String encoded(String text, Body.Fields form) {
        return URLEncoder.encode(text, form.charset());
    }

    /** An object with the single name {@code signed} becomes a token, as transactions in Apple's notifications are. */
    private static JsonNode withTokens(JsonNode value, Simulator simulator, Instant now) {
        if (!value.isObject()) {
            return value;
        }
        if (value.size() == 1 && value.has("signed")) {
            return JsonNodeFactory.instance.textNode(token(value.path("signed"), simulator, now));
        }
        var filled = JsonNodeFactory.instance.objectNode();
        value.properties().forEach(each -> filled.set(each.getKey(), withTokens(each.getValue(), simulator, now)));
        return filled;
    }

    /** The simulator signs whole notifications; a transaction is signed in the same way. */
    private static String token(JsonNode claims, Simulator simulator, Instant now) {
        var draft = new Draft("application/json", "", Bytes.utf8(claims.toString()));
        var signed =
                simulator.gateway().sign(draft, simulator.sender(), now).body().utf8();
        try {
            return JSON.readTree(signed).path("signedPayload").textValue();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A notification of Google Play as Pub/Sub pushes it. */
    private ObjectNode pushed(JsonNode notification, Simulator simulator, CaseValues values, Instant now) {
        var push = JsonNodeFactory.instance.objectNode();
        push.putObject("message")
                .put(
                        "data",
                        Base64.getEncoder()
                                .encodeToString(notification.toString().getBytes(StandardCharsets.UTF_8)))
                .put("messageId", values.fill(id.orElseThrow()))
                .put("publishTime", now.toString());
        return push.put("subscription", simulator.sender().setting("subscription"));
    }
}
