package ipn.access.order;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.avro.Order;
import ipn.order.OrderRules;
import ipn.order.OrderRules.Violation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the order in the body of a request, with everything that is wrong with it. Messages do not repeat what was sent.
 *
 * @param problems none: the order keeps all rules
 */
record OrderBody(Order order, List<String> problems) {
    /** The names of the fields of the contract. */
    static final Set<String> FIELDS = Set.copyOf(Order.getClassSchema().getFields().stream()
            .map(field -> field.name())
            .toList());

    /** Stands for a value that is missing, so that the rules can judge the others. */
    private static final String ANY = "any";

    private static final String ANY_CURRENCY = "XXX";

    /** @param id as the path names it */
    static OrderBody read(String id, JsonNode body) {
        var reader = new Reader(body, new ArrayList<>());
        body.fieldNames().forEachRemaining(name -> {
            if (!FIELDS.contains(name)) {
                reader.problems().add("a field that is not known (expected: only fields of an order)");
            }
        });
        var order = Order.newBuilder()
                .setOrderId(reader.text("orderId").orElse(id))
                .setSubject(reader.required("subject", ANY))
                .setProduct(reader.required("product", ANY))
                .setReference(reader.text("reference").orElse(null))
                .setAmount(reader.amount())
                .setCurrency(reader.required("currency", ANY_CURRENCY))
                .setGatewayAccount(reader.text("gatewayAccount").orElse(null))
                .setCreatedAt(reader.requiredTime("createdAt"))
                .setPayBy(reader.time("payBy"))
                .setLive(reader.live())
                .build();
        OrderRules.violations(id, order).stream().map(Violation::detail).forEach(reader.problems()::add);
        return new OrderBody(order, reader.problems().stream().distinct().toList());
    }

    private record Reader(JsonNode body, List<String> problems) {
        private Optional<JsonNode> value(String name) {
            return Optional.ofNullable(body.get(name)).filter(value -> !value.isNull());
        }

        private void wrong(String name, String expected) {
            problems.add("%s: missing or wrong (expected: %s)".formatted(name, expected));
        }

        Optional<String> text(String name) {
            var value = value(name);
            if (value.isPresent() && !value.get().isTextual()) {
                wrong(name, "text");
                return Optional.empty();
            }
            return value.map(JsonNode::textValue);
        }

        String required(String name, String otherwise) {
            var value = value(name);
            if (value.isEmpty()) {
                wrong(name, "text");
            }
            return text(name).orElse(otherwise);
        }

        long amount() {
            var value = value("amount").filter(JsonNode::isIntegralNumber).filter(JsonNode::canConvertToLong);
            if (value.isEmpty()) {
                wrong("amount", "a whole number of the smallest units of the currency");
            }
            return value.map(JsonNode::longValue).orElse(0L);
        }

        boolean live() {
            var value = value("live").filter(JsonNode::isBoolean);
            if (value.isEmpty()) {
                wrong("live", "true, or false for a test order");
            }
            return value.map(JsonNode::booleanValue).orElse(false);
        }

        Instant requiredTime(String name) {
            var time = time(name);
            if (time == null && value(name).isEmpty()) {
                wrong(name, "a time such as 2026-09-01T12:00:00Z");
            }
            return time == null ? Instant.EPOCH : time;
        }

        @Nullable
        Instant time(String name) {
            var value = value(name);
            if (value.isEmpty()) {
                return null;
            }
            try {
                var text = value.get().isTextual() ? value.get().textValue() : "";
                if (text.matches("[0-9]{4}-.{1,40}")) {
                    return Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
                }
            } catch (DateTimeException e) {
                // said below
            }
            wrong(name, "a time such as 2026-09-01T12:00:00Z");
            return null;
        }
    }
}
