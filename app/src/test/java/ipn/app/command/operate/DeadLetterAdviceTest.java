package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetters.Whole;
import ipn.operations.topic.Position;
import ipn.topics.Headers;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterAdviceTest {
    private static final String PLACE = "/items/0/merchantAccountCode";
    private static final String BODY =
            "{\"items\": [{\"merchantAccountCode\": \"ShopEU2\", \"payer\": \"ada@example.com\"}]}";

    private static Whole letter(
            String reason, String failureClass, String topic, String body, DeadLetter.Status status) {
        var at = new Position("ipn.dlq", 0, 3);
        var letter = new DeadLetter(
                "ipn.raw-4-47",
                reason,
                failureClass,
                "processor",
                "",
                "adyen/main/e",
                "AUTHORISATION",
                "adyen/main",
                "adyen/main/P1",
                "f",
                new Position(topic, 4, 47),
                at,
                1,
                null,
                null,
                body.length(),
                status);
        var record = new ConsumerRecord<>("ipn.dlq", 0, 3, "adyen/main/P1".getBytes(UTF_8), body.getBytes(UTF_8));
        record.headers()
                .add(
                        Headers.ERROR_MESSAGE,
                        (PLACE + ": another receiver (expected: one of gateways.adyen.main.merchant-account)")
                                .getBytes(UTF_8));
        return new Whole(letter, record, Optional.empty());
    }

    private static DeadLetterAdvice open(String reason, String failureClass, String topic, String body) {
        return new DeadLetterAdvice(letter(reason, failureClass, topic, body, DeadLetter.Status.OPEN));
    }

    @Test
    void a_wrong_receiver_is_shown_without_the_rest_of_the_body() {
        var whole = letter("WRONG_RECEIVER", "policy", "ipn.raw", BODY, DeadLetter.Status.OPEN);

        assertThat(new DeadLetterAdvice(whole).receiver()).contains("ShopEU2");
        var view = new DeadLetterView(whole, Optional.empty(), Optional.empty(), true, false);
        assertThat(view.json()).containsEntry("receiver", "ShopEU2");
        assertThat(view.body()).contains("merchantAccountCode").doesNotContain("ada@example.com");
        assertThat(new DeadLetterView(whole, Optional.empty(), Optional.empty(), true, true).body())
                .isEqualTo(BODY);
        assertThat(view.table().lines())
                .anyMatch(line -> line.matches("receiver +ShopEU2"))
                .anyMatch(line ->
                        line.startsWith("next ") && line.contains("ipn dlq replay --reason WRONG_RECEIVER --dry-run"))
                .noneMatch(line -> line.contains("ada@example.com"));
    }

    @Test
    void no_other_reason_shows_a_part_of_the_body() {
        assertThat(open("MALFORMED", "permanent", "ipn.raw", BODY).receiver()).isEmpty();
    }

    @Test
    void a_body_without_the_place_or_without_json_has_no_receiver() {
        assertThat(open("WRONG_RECEIVER", "policy", "ipn.raw", "{}").receiver()).isEmpty();
        assertThat(open("WRONG_RECEIVER", "policy", "ipn.raw", "receiver_email=x")
                        .receiver())
                .isEmpty();
        assertThat(open("WRONG_RECEIVER", "policy", "ipn.raw", "{\"items\": [{\"merchantAccountCode\": {\"a\": 1}}]}")
                        .receiver())
                .isEmpty();
    }

    @Test
    void the_next_step_follows_from_the_class_the_topic_and_the_status() {
        assertThat(open("INTERNAL_ERROR", "transient", "ipn.raw", "").next())
                .isEqualTo("fix the fault and deploy it, then ipn dlq replay ipn.raw-4-47 --dry-run");
        assertThat(open("WRONG_MODE", "policy", "ipn.raw", "").next())
                .contains("correct them", "ipn dlq replay ipn.raw-4-47", "ipn dlq discard ipn.raw-4-47 --why");
        assertThat(open("MALFORMED", "permanent", "ipn.raw", "").next()).contains("--reveal", "ipn dlq discard");
        assertThat(open("MALFORMED", "permanent", "ipn.orders", "").next()).contains("corrected order");
        assertThat(open("MALFORMED", "permanent", "ipn.claims", "").next()).contains("replay is not possible");
        assertThat(new DeadLetterAdvice(letter("MALFORMED", "permanent", "ipn.raw", "", DeadLetter.Status.REPLAYED))
                        .next())
                .isEqualTo("nothing: it was replayed; see 'ipn payment show adyen/main/P1'");
        assertThat(new DeadLetterAdvice(letter("MALFORMED", "permanent", "ipn.raw", "", DeadLetter.Status.DISCARDED))
                        .next())
                .startsWith("nothing: ");
    }
}
