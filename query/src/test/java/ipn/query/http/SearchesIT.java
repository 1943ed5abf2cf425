package ipn.query.http;

import static ipn.query.AnyRecord.set;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Decision;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.operations.find.Criteria;
import ipn.operations.find.SearchLookups;
import ipn.operations.find.SearchName;
import ipn.operations.find.SearchText;
import ipn.query.AnyRecord;
import ipn.query.PipelineTopics;
import ipn.query.QuerySettings;
import ipn.query.ReadModel;
import ipn.settings.Settings;
import ipn.topics.TopicCatalogue;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Searches find at least what {@code ipn find} would find in the topics. */
@Timeout(120)
class SearchesIT {
    private static final List<PaymentState> PAYMENTS =
            IntStream.range(0, 40).mapToObj(SearchesIT::payment).toList();
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

    private static AskedStage stage;
    private final Random random = new Random(5);

    @BeforeAll
    static void start() {
        var topics = PipelineTopics.create(SearchesIT.class, 2);
        var model = ReadModel.create(SearchesIT.class);
        topics.commit(() -> {
            PAYMENTS.forEach(state -> topics.write(TopicCatalogue.PAYMENTS, state.getPaymentKey(), state));
            topics.write(TopicCatalogue.ORDERS, "Ord_1001%x", order());
            for (var id : List.of("dec_first", "dec_second")) {
                topics.write(TopicCatalogue.DECISIONS, "u_77", decision(id));
            }
        });
        var settings = new QuerySettings(
                QuerySettings.from(Settings.parse("query: {port: 0, rate-limit: 100000}"))
                        .listen(),
                model.settings());
        stage = new AskedStage(topics, model, settings, settings.start(topics.settings(), new SimpleMeterRegistry()));
        model.awaitComplete();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static PaymentState payment(int n) {
        var state = new AnyRecord(n).of(PaymentState.class);
        set(state, "paymentKey", "stripe/main/Pi_%d\u212Aq".formatted(n));
        state.getEvents().forEach(event -> set(event, "eventKey", "stripe/main/" + event.getEventKey()));
        if (n == 3) {
            state.getReferences().put("order", "long".repeat(200));
        }
        return state;
    }

    private static Order order() {
        var order = new AnyRecord(3).of(Order.class);
        set(order, "orderId", "Ord_1001%x");
        set(order, "subject", "user-A");
        set(order, "amount", 2_500L);
        set(order, "currency", "USD");
        set(order, "gatewayAccount", "stripe/main");
        set(order, "createdAt", FIRST);
        return order;
    }

    private static Decision decision(String id) {
        var decision = new AnyRecord(5).of(Decision.class);
        set(decision, "decisionId", id);
        set(decision, "about", "u_77");
        return decision;
    }

    private static JsonNode find(String from, String... terms) throws Exception {
        var path = new StringBuilder("/v1/records?from=" + from);
        for (var i = 0; i < terms.length; i += 2) {
            path.append('&').append(terms[i]).append('=').append(URLEncoder.encode(terms[i + 1], UTF_8));
        }
        return stage.ask(path.toString());
    }

    private static List<String> positions(JsonNode answer) {
        assertThat(answer.path("known").asBoolean()).isTrue();
        var positions = new ArrayList<String>();
        answer.path("records")
                .forEach(each -> positions.add(each.path(0) + "@" + each.path(1).asLong()));
        return positions;
    }

    private static String position(PaymentState state) {
        return stage.model()
                .query("SELECT record_partition || '@' || record_offset FROM payments WHERE payment_key = '%s'"
                        .formatted(state.getPaymentKey()))
                .get(0);
    }

    @Test
    void a_payment_is_found_by_its_names_and_by_every_beginning_of_its_ids() throws Exception {
        for (var state : PAYMENTS) {
            var position = position(state);
            for (var name : SearchName.of(state).toList()) {
                var text = random.nextBoolean() ? name.text() : SearchName.withoutAccount(name.text());
                var length = name.form() == SearchName.Form.NAME ? text.length() : 1 + random.nextInt(text.length());
                var typed = text.substring(0, length);
                typed = random.nextBoolean() ? typed.toUpperCase(Locale.ROOT) : typed.toLowerCase(Locale.ROOT);
                if (typed.length() > 500 || !name.isFoundBy(SearchText.of(typed))) {
                    continue; // a name with slashes, in two of its forms
                }
                var answer = find(SearchLookups.PAYMENTS, SearchLookups.ID, typed);
                if (answer.path("known").asBoolean()) {
                    assertThat(positions(answer)).as(typed + " of " + name).contains(position);
                } else {
                    assertThat(SearchName.withoutAccount(typed)).hasSizeLessThan(4);
                }
            }
        }
    }

    @Test
    void other_payments_are_not_found() throws Exception {
        for (var typed : List.of("stripe/MAIN/pi_17k", "pi_17k")) {
            assertThat(positions(find(SearchLookups.PAYMENTS, SearchLookups.ID, typed)))
                    .contains(position(PAYMENTS.get(17)))
                    .hasSize(2); // one has a name that is too long
        }
        for (var typed : List.of("i_17k", "pi_17kqx", "pi%17", "'", "pi_1\\'", "pi_17':*", "' | 'charge:")) {
            var answer = find(SearchLookups.PAYMENTS, SearchLookups.ID, typed + "    ");
            assertThat(positions(answer)).as(typed).hasSize(1);
        }
    }

    @Test
    void a_payment_is_found_by_its_amounts_since_a_time_and_by_its_order() throws Exception {
        for (var state : PAYMENTS) {
            for (var money :
                    Criteria.amounts(state).filter(each -> each.amount() > 0).toList()) {
                var amount = SearchLookups.text(money);
                if (!Kind.MONEY.accepts(amount)) {
                    continue; // AnyRecord makes other names of currencies
                }
                assertThat(positions(find(SearchLookups.PAYMENTS, SearchLookups.AMOUNT, amount)))
                        .contains(position(state));
            }
            var order = state.getReferences().get("order");
            var newest = Criteria.newest(state);
            if (order != null && order.length() < 100 && newest != null) {
                assertThat(positions(find(
                                SearchLookups.PAYMENTS,
                                SearchLookups.ORDER,
                                order,
                                SearchLookups.SINCE,
                                newest.toString())))
                        .contains(position(state));
                assertThat(positions(find(
                                SearchLookups.PAYMENTS,
                                SearchLookups.ORDER,
                                order,
                                SearchLookups.SINCE,
                                newest.plusMillis(1).toString())))
                        .doesNotContain(position(state));
            }
        }
    }

    @Test
    void an_order_is_found_by_its_beginning_its_user_and_by_its_amount() throws Exception {
        for (var terms : List.of(
                List.of("id", "ord_10"),
                List.of("id", "Ord_1001%X"),
                List.of("id", "USER-a"),
                List.of("amount", "2500 USD", "account", "stripe", "since", FIRST.toString()))) {
            assertThat(positions(find(SearchLookups.ORDERS, terms.toArray(String[]::new))))
                    .as(terms.toString())
                    .hasSize(1);
        }
        for (var terms : List.of(
                List.of("id", "ordx10"),
                List.of("id", "rd_1001"),
                List.of("id", "user-"),
                List.of("amount", "2500 EUR"),
                List.of("amount", "2500 USD", "account", "strip"),
                List.of("amount", "2500 USD", "since", FIRST.plusSeconds(1).toString()))) {
            assertThat(positions(find(SearchLookups.ORDERS, terms.toArray(String[]::new))))
                    .as(terms.toString())
                    .isEmpty();
        }
    }

    @Test
    void a_decision_is_found_with_all_others_about_the_same() throws Exception {
        assertThat(positions(find(SearchLookups.DECISIONS, SearchLookups.ID, "DEC_FI")))
                .hasSize(2);
        assertThat(find(SearchLookups.DECISIONS, SearchLookups.ID, "77")
                        .path("known")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void a_wrong_term_is_refused() throws Exception {
        for (var wrong : List.of("amount=0%20USD", "amount=8", "since=today", "id=", "subject=u_1", "account=%27")) {
            assertThat(stage.get("/v1/records?from=payment-search&" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }
}
