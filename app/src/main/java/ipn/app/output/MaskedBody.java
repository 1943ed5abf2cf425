package ipn.app.output;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The body of a notification without personal data and secrets: names of fields stay, and so do the values of fields that hold codes, ids,
 * times and amounts. All other values are replaced by their length, because a list of what is personal would never be complete.
 */
public final class MaskedBody {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.:/+-]{1,80}");
    private static final Pattern SIGNED_TOKEN =
            Pattern.compile("[A-Za-z0-9_-]{10,}\\.([A-Za-z0-9_-]{10,})\\.[A-Za-z0-9_-]{10,}");
    private static final int DEPTH_MAX = 32;

    /** Last words of field names whose values are codes, ids, times or amounts. */
    private static final Set<String> SHOWN = Set.of(
            "id",
            "object",
            "type",
            "status",
            "state",
            "event",
            "mode",
            "currency",
            "code",
            "version",
            "created",
            "at",
            "time",
            "date",
            "amount",
            "total",
            "subtotal",
            "gross",
            "net",
            "fee",
            "tax",
            "value",
            "quantity",
            "live",
            "livemode",
            "interval",
            "reason",
            "kind",
            "intent",
            "count",
            "paid",
            "captured",
            "refunded",
            "due",
            "product",
            "price",
            "sku");

    /** Words anywhere in a field name that make it personal or secret, whatever its last word. */
    private static final Pattern PERSONAL = Pattern.compile(
            "(mail|phone|name|address|street|city|zip|postal|birth|card|iban|bic|tax_?id|ssn|secret|token|password|signature|"
                    + "account_?number|last_?4|(^|_)ip(_|$)|payer|customer|buyer|shopper|user|subject|device|email|vat)",
            Pattern.CASE_INSENSITIVE);

    private MaskedBody() {}

    /** @param contentType as received; empty if unknown */
    public static String of(byte[] body, String contentType) {
        var text = new String(body, UTF_8);
        return json(body)
                .map(MaskedBody::pretty)
                .orElseGet(() -> contentType.toLowerCase(Locale.ROOT).contains("form-urlencoded")
                        ? form(text)
                        : "<masked: %d bytes>".formatted(body.length));
    }

    private static Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readTree(body)).filter(JsonNode::isContainerNode);
        } catch (java.io.IOException e) {
            return Optional.empty();
        }
    }

    private static String pretty(JsonNode tree) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(masked("", tree, 0, false));
        } catch (JsonProcessingException e) {
            return "<masked>";
        }
    }

    private static JsonNode masked(String field, JsonNode node, int depth, boolean personal) {
        if (depth > DEPTH_MAX) {
            return TextNode.valueOf("<masked>");
        }
        if (node instanceof ObjectNode object) {
            var copy = JSON.createObjectNode();
            object.properties()
                    .forEach(entry -> copy.set(
                            entry.getKey(),
                            masked(
                                    entry.getKey(),
                                    entry.getValue(),
                                    depth + 1,
                                    personal || isPersonal(entry.getKey()))));
            return copy;
        }
        if (node instanceof ArrayNode array) {
            var copy = JSON.createArrayNode();
            array.forEach(each -> copy.add(masked(field, each, depth + 1, personal)));
            return copy;
        }
        if (node.isNull() || node.isBoolean()) {
            return node;
        }
        return node.isTextual()
                ? signedToken(node.asText(), depth).orElseGet(() -> value(field, node, personal))
                : value(field, node, personal);
    }

    private static JsonNode value(String field, JsonNode value, boolean personal) {
        return !personal && isShown(field, value.asText()) ? value : TextNode.valueOf(mask(value.asText()));
    }

    /** The claims of a signed token, masked as well. */
    private static Optional<JsonNode> signedToken(String text, int depth) {
        var token = SIGNED_TOKEN.matcher(text);
        if (!token.matches()) {
            return Optional.empty();
        }
        try {
            return json(Base64.getUrlDecoder().decode(token.group(1)))
                    .map(claims -> masked("", claims, depth + 1, false));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String form(String text) {
        return Stream.of(text.split("&"))
                .map(pair -> pair.split("=", 2))
                .map(pair ->
                        decoded(pair[0]) + "=" + formValue(decoded(pair[0]), pair.length < 2 ? "" : decoded(pair[1])))
                .collect(Collectors.joining("\n"));
    }

    private static String formValue(String field, String value) {
        return isShown(field, value) ? value : mask(value);
    }

    private static String decoded(String encoded) {
        try {
            return URLDecoder.decode(encoded, UTF_8);
        } catch (IllegalArgumentException e) {
            return mask(encoded);
        }
    }

    private static boolean isShown(String field, String value) {
        return SHOWN.contains(lastWord(field))
                && !isPersonal(field)
                && CODE.matcher(value).matches()
                && value.indexOf('@') < 0;
    }

    private static boolean isPersonal(String field) {
        return PERSONAL.matcher(field).find();
    }

    /** {@code id} of {@code orderId}, {@code order_id} and {@code order-id}. */
    private static String lastWord(String field) {
        var words = field.replaceAll("([a-z])([A-Z])", "$1_$2").split("[_\\-.\\[\\]]+");
        return words.length == 0 ? "" : words[words.length - 1].toLowerCase(Locale.ROOT);
    }

    private static String mask(String value) {
        return "<masked: %d characters>".formatted(value.length());
    }
}
