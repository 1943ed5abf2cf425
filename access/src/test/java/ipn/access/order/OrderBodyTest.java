package ipn.access.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.avro.Order;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderBodyTest {
    static final String ORDER =
            "{\"subject\":\"u_42\",\"product\":\"premium\",\"amount\":800,\"currency\":\"USD\",\"createdAt\":\"2026-09-01T12:00:00Z\",\"live\":true}";

    private static OrderBody read(String json) {
        try {
            return OrderBody.read("o_1", new ObjectMapper().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The order with one value replaced or added, in JSON. */
    private static String with(String name, String value) {
        try {
            var json = new ObjectMapper();
            var order = (ObjectNode) json.readTree(ORDER);
            return order.set(name, json.readTree(value)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void has_every_field_of_the_contract() {
        var full = ORDER.replace(
                "}",
                ",\"orderId\":\"o_1\",\"reference\":\"post_7\",\"gatewayAccount\":\"stripe/main\",\"payBy\":\"2026-09-01T13:00:00.123456Z\"}");
        assertThat(read(full).problems()).isEmpty();
        assertThat(read(full).order())
                .isEqualTo(new Order(
                        "o_1",
                        "u_42",
                        "premium",
                        "post_7",
                        800L,
                        "USD",
                        "stripe/main",
                        Instant.parse("2026-09-01T12:00:00Z"),
                        Instant.parse("2026-09-01T13:00:00.123Z"),
                        true));
        assertThat(read(ORDER).problems()).isEmpty();
        assertThat(read(with("reference", "null")).order())
                .isEqualTo(read(ORDER).order());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "orderId        | \"o_2\"",
                "orderId        | 7",
                "subject        | null",
                "subject        | \" \"",
                "subject        | 42",
                "product        | {}",
                "product        | \"\"",
                "reference      | []",
                "amount         | null",
                "amount         | 8.5",
                "amount         | 8.0",
                "amount         | \"800\"",
                "amount         | -1",
                "amount         | 9223372036854775808",
                "amount         | 1e3",
                "currency       | \"usd\"",
                "currency       | null",
                "createdAt      | null",
                "createdAt      | 1756728000",
                "createdAt      | \"yesterday\"",
                "createdAt      | \"+1000000-01-01T00:00:00Z\"",
                "payBy          | \"2026-09-01\"",
                "live           | null",
                "live           | \"true\"",
                "gatewayAccount | 1",
            })
    void a_wrong_value_is_named_and_not_repeated(String name, String value) {
        assertThat(read(with(name, value)).problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem)
                        .contains(name.equals("orderId") && value.contains("o_2") ? "orderId" : name, "(expected: ")
                        .doesNotContain("yesterday"));
    }

    @Test
    void a_field_that_is_not_known_is_no_order() {
        assertThat(read(with("ammount", "1")).problems()).hasSize(1).noneMatch(each -> each.contains("ammount"));
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        assertThat(read("{\"amount\":-1,\"currency\":\"?\",\"payBy\":1,\"x\":1}")
                        .problems())
                .hasSize(8)
                .anyMatch(problem -> problem.startsWith("subject: missing"))
                .anyMatch(problem -> problem.startsWith("product: missing"))
                .anyMatch(problem -> problem.startsWith("createdAt: missing"))
                .anyMatch(problem -> problem.startsWith("live: missing"))
                .anyMatch(problem -> problem.startsWith("payBy: missing or wrong"))
                .anyMatch(problem -> problem.startsWith("amount: below zero"))
                .anyMatch(problem -> problem.startsWith("currency: not an ISO 4217 code"));
    }
}
