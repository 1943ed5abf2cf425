package ipn.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.query.Rebuild;
import ipn.query.model.PaymentWords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is known is found, over HTTP. */
@Timeout(120)
class QuestionsIT {
    private static AskedStage stage;

    @BeforeAll
    static void start() {
        stage = AskedStage.start(QuestionsIT.class);
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static List<String> keys(JsonNode list, String field) {
        var keys = new ArrayList<String>();
        list.forEach(row -> keys.add(row.path(field).asText()));
        return keys;
    }

    @ParameterizedTest
    @ValueSource(strings = {"stripe/main/pi_3", "stripe%2Fmain%2Fpi_3"})
    void everything_about_a_payment(String key) throws Exception {
        var answer = stage.ask("/v1/payments/" + key);

        assertThat(answer.path("payment").path("captured").asLong()).isEqualTo(300);
        assertThat(answer.path("payment").path("facts").path(0).path("id").asText())
                .isEqualTo("ch_3");
        assertThat(answer.path("order").path("order_id").asText()).isEqualTo("o_3");
        assertThat(answer.path("outcomes").path(0).path("source_offset").asLong())
                .isEqualTo(3);
        assertThat(keys(answer.path("discrepancies"), "discrepancy_id")).containsExactly("UNDERPAID/stripe/main/pi_3");
        assertThat(keys(answer.path("entitlements"), "subject")).containsExactly("u_3");
        assertThat(answer.path("dead_letters").path(0).path("status").asText()).isEqualTo("OPEN");
        assertThat(answer.path("truncated").asBoolean()).isFalse();
    }

    @Test
    void everything_about_an_order_and_a_user() throws Exception {
        var order = stage.ask("/v1/orders/o_3");
        assertThat(order.path("order").path("subject").asText()).isEqualTo("u_3");
        assertThat(keys(order.path("payments"), "payment_key")).containsExactly("stripe/main/pi_3");

        var user = stage.ask("/v1/users/u_3");
        assertThat(keys(user.path("payments"), "payment_key"))
                .as("by the order")
                .containsExactly("stripe/main/pi_3");
        assertThat(keys(user.path("orders"), "order_id")).containsExactly("o_3");
        assertThat(keys(user.path("notifications"), "notification_id")).containsExactly("n_3");
        assertThat(keys(stage.ask("/v1/users/u_4").path("payments"), "payment_key"))
                .containsExactly("stripe/main/pi_4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/payments?charge=ch_7",
                "/v1/payments?charge=pi_7",
                "/v1/payments?event=evt_7",
                "/v1/payments?event=stripe/main/evt_7",
                "/v1/search?user=u_7",
                "/v1/search?amount=700&currency=USD",
                "/v1/search?text=evt_7",
                "/v1/search?text=stripe/main/pi_7",
                "/v1/search?from=2026-11-01T00:07:00Z&to=2026-11-01T00:08:00Z&gateway=stripe&status=FAILED"
            })
    void a_payment_is_found_by_what_it_knows(String question) throws Exception {
        assertThat(keys(stage.ask(question).path("payments"), "payment_key")).containsExactly("stripe/main/pi_7");
    }

    @Test
    void a_payment_is_found_by_the_hash_of_an_address_and_by_words() throws Exception {
        var hash = PaymentWords.hash(" ADA@example.com");
        for (var question :
                List.of("email=" + hash, "text=Lovelace", "text=birthday+present,+ada", "text=present+gift")) {
            assertThat(keys(stage.ask("/v1/search?" + question).path("payments"), "payment_key"))
                    .as(question)
                    .isEqualTo(question.endsWith("gift") ? List.of() : List.of("stripe/main/pi_8"));
        }
        assertThat(keys(
                        stage.ask("/v1/payments?reference=Birthday present of Ada Lovelace".replace(" ", "%20"))
                                .path("payments"),
                        "payment_key"))
                .containsExactly("stripe/main/pi_8");
    }

    @Test
    void a_discrepancy_that_moved_to_another_partition_is_listed_once_as_it_is_now() throws Exception {
        var found = stage.ask("/v1/discrepancies?payment=stripe/main/pi_9").path("discrepancies");
        assertThat(keys(found, "state")).containsExactly("OPEN");
        assertThat(keys(found, "order_id")).containsExactly("o_9");
    }

    @Test
    void an_explanation_has_everything_about_a_user_and_is_found_by_the_payment() throws Exception {
        var byUser = stage.ask("/v1/explain?user=u_4").path("explanation");
        assertThat(byUser.path("subject").asText()).isEqualTo("u_4");
        assertThat(keys(byUser.path("payments"), "paymentKey")).contains("stripe/main/pi_4");
        assertThat(byUser.path("answer")).isNotEmpty();

        var byPayment = stage.ask("/v1/explain?payment=stripe/main/pi_4&entitlement=premium")
                .path("explanation");
        assertThat(byPayment.path("subject").asText()).isEqualTo("u_4");
        assertThat(byPayment.path("entitlement").asText()).isEqualTo("premium");
    }

    @Test
    void records_are_found_where_they_are_in_their_topics() throws Exception {
        var model = stage.ask("/v1/model");
        assertThat(model.path("cluster").asText()).isNotEmpty();
        assertThat(model.path("topics").path("payments").asText())
                .isEqualTo(stage.topics().settings().topics().name("payments"));

        var found = stage.ask("/v1/records?from=payments&subject=u_4&key=stripe/main/pi_5&key=stripe/main/pi_6");
        assertThat(found.path("known").asBoolean()).isTrue();
        assertThat(found.path("records")).hasSize(3);
        assertThat(stage.ask("/v1/records?from=outcomes&key=stripe/main/pi_4&newest=1")
                        .path("records"))
                .hasSize(1);
        assertThat(stage.ask("/v1/records?from=dlq&mentions=u_77").path("records"))
                .hasSize(1);
        assertThat(stage.ask("/v1/records?from=dlq-list&status=OPEN&newest=5").path("records"))
                .hasSize(1);
        assertThat(stage.ask("/v1/records?from=entitlement-claims&subject=u_4")
                        .path("known")
                        .asBoolean())
                .as("there is no projector")
                .isFalse();
    }

    @Test
    void a_payment_is_found_by_its_order() throws Exception {
        assertThat(keys(stage.ask("/v1/payments?order=o_3").path("payments"), "payment_key"))
                .containsExactly("stripe/main/pi_3");
        assertThat(keys(stage.ask("/v1/search?user=u_3").path("payments"), "payment_key"))
                .containsExactly("stripe/main/pi_3");
    }

    @Test
    void pages_show_every_row_once_the_newest_first() throws Exception {
        var found = new ArrayList<String>();
        var next = "";
        do {
            var page = stage.ask("/v1/search?limit=7" + (next.isEmpty() ? "" : "&cursor=" + next));
            found.addAll(keys(page.path("payments"), "payment_key"));
            next = page.path("next").asText();
        } while (!next.isEmpty());

        assertThat(found)
                .containsExactlyElementsOf(IntStream.range(0, AskedStage.PAYMENTS)
                        .mapToObj(n -> "stripe/main/pi_" + (AskedStage.PAYMENTS - 1 - n))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/discrepancies?state=OPEN&user=u_5, discrepancies, 1",
        "/v1/discrepancies?state=CLOSED, discrepancies, 0",
        "/v1/dead-letters?status=OPEN&reason=MALFORMED, dead_letters, 1",
        "/v1/dead-letters?status=DISCARDED, dead_letters, 0",
        "/v1/dead-letters?attempts=2&stage=processor&fingerprint=f_1&from=2026-11-30T10:00:00Z, dead_letters, 1",
        "/v1/dead-letters?attempts=3, dead_letters, 0",
        "/v1/dead-letters?account=stripe&event_type=invoice.paid, dead_letters, 1",
        "/v1/dead-letters?account=strip, dead_letters, 0",
        "/v1/dead-letters?user=u_77, dead_letters, 1",
        "/v1/dead-letters?user=u_7, dead_letters, 0",
        "/v1/dead-letters?text=unexpected, dead_letters, 1",
        "/v1/dead-letters?text=MAIN/PI_3, dead_letters, 1",
        "/v1/dead-letters?text=nowhere, dead_letters, 0",
        "/v1/discrepancies?user=u_5&account=stripe/main&min_amount=500&currency=USD, discrepancies, 1",
        "/v1/discrepancies?user=u_5&min_amount=501, discrepancies, 0",
        "/v1/decisions?about=o_3, decisions, 1",
        "/v1/decisions?user=o_3&by=ada, decisions, 1",
        "/v1/decisions?about=o_4, decisions, 0",
        "/v1/ledger?payment=none, entries, 0",
        "/v1/notifications?user=u_5, notifications, 1",
    })
    void lists(String question, String name, int size) throws Exception {
        assertThat(stage.ask(question).path(name)).hasSize(size);
    }

    @Test
    void a_rebuild_ends_with_the_same_rows_while_the_stage_runs() throws Exception {
        var before = stage.model().rows();
        var last = Rebuild.run(stage.settings(), stage.topics().settings(), Clock.systemUTC(), step -> {});

        assertThat(last.complete()).isTrue();
        assertThat(last.records()).isPositive().isEqualTo(last.total());
        assertThat(stage.model().rows()).isEqualTo(before);
        assertThat(stage.ask("/v1/payments?charge=ch_7").path("payments")).hasSize(1);
    }

    @Test
    void it_describes_itself() throws Exception {
        assertThat(stage.get("/openapi.yaml").body()).startsWith("openapi: 3.1.0");
    }
}
