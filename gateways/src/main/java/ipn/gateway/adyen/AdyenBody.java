package ipn.gateway.adyen;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.Form;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A body as JSON. Legacy endpoints send a form with one item and its {@code additionalData} as dotted field names; the form
 * is converted to the equivalent JSON.
 */
record AdyenBody(JsonField root) {
    private static final String ADDITIONAL_DATA = "additionalData.";
    private static final JsonShape WANTED =
            JsonShape.of(List.of("/live", "/notificationItems", "/type", "/eventId", "/data/storedPaymentMethodId"));

    /** @throws RefusedException as {@link StrictJson} and {@link Form} */
    static AdyenBody read(Bytes body) {
        return new AdyenBody(isJson(body) ? StrictJson.read(body) : form(body));
    }

    /** Empty if the body is malformed. */
    static Optional<AdyenBody> glance(Bytes body) {
        try {
            return isJson(body)
                    ? StrictJson.glance(body, WANTED).map(AdyenBody::new)
                    : Optional.of(new AdyenBody(form(body)));
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }

    /** Empty for webhook families that sign the whole body. */
    List<JsonField> items() {
        return root.at("notificationItems").elements().stream()
                .map(item -> item.at("NotificationRequestItem"))
                .toList();
    }

    private static boolean isJson(Bytes body) {
        for (var each : body.array()) {
            if (each != ' ' && each != '\n' && each != '\r' && each != '\t') {
                return each == '{';
            }
        }
        return false;
    }

    private static JsonField form(Bytes body) {
        var root = JsonNodeFactory.instance.objectNode();
        var item = JsonNodeFactory.instance.objectNode();
        Form.decode(body, named -> StandardCharsets.UTF_8)
                .fields()
                .forEach((name, value) -> put(root, item, name, value));
        root.putArray("notificationItems").addObject().set("NotificationRequestItem", item);
        return new JsonField(root, "");
    }

    private static void put(ObjectNode root, ObjectNode item, String name, String value) {
        if (name.equals("live")) {
            root.put(name, value);
        } else if (name.equals("currency")) {
            group(item, "amount").put(name, value);
        } else if (name.equals("value") && value.matches("-?(0|[1-9][0-9]{0,18})")) {
            group(item, "amount").put(name, new BigDecimal(value));
        } else if (name.startsWith(ADDITIONAL_DATA)) {
            group(item, "additionalData").put(name.substring(ADDITIONAL_DATA.length()), value);
        } else if (item.has(name)) {
            throw ambiguous(name);
        } else {
            item.put(name, value);
        }
    }

    /** @throws RefusedException if a field has the name of the group, so that the body is ambiguous */
    private static ObjectNode group(ObjectNode item, String name) {
        if (item.has(name) && !item.get(name).isObject()) {
            throw ambiguous(name);
        }
        return item.withObjectProperty(name);
    }

    private static RefusedException ambiguous(String name) {
        return new RefusedException(
                Reason.MALFORMED, name + ": a field, and a group of fields (expected: one of them)");
    }
}
