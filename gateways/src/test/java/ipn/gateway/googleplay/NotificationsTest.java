package ipn.gateway.googleplay;

import static ipn.gateway.googleplay.TestGoogle.says;
import static ipn.gateway.googleplay.TestGoogle.subscription;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What notifications say by themselves. */
class NotificationsTest {
    // spotless:off
    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "1,  SUBSCRIPTION_RECOVERED,              ACTIVE,   false",
        "2,  SUBSCRIPTION_RENEWED,                ACTIVE,   false",
        "3,  SUBSCRIPTION_CANCELED,               ACTIVE,   true",
        "4,  SUBSCRIPTION_PURCHASED,              ACTIVE,   false",
        "5,  SUBSCRIPTION_ON_HOLD,                UNPAID,   false",
        "6,  SUBSCRIPTION_IN_GRACE_PERIOD,        PAST_DUE, false",
        "7,  SUBSCRIPTION_RESTARTED,              ACTIVE,   false",
        "10, SUBSCRIPTION_PAUSED,                 PAUSED,   false",
        "12, SUBSCRIPTION_REVOKED,                CANCELED, false",
        "13, SUBSCRIPTION_EXPIRED,                EXPIRED,  false",
        "18, SUBSCRIPTION_CANCELLATION_SCHEDULED, ACTIVE,   true"
    })
    // spotless:on
    void a_subscription_stands_as_told(int number, String type, SubscriptionStatus status, boolean scheduled) {
        var understood = (Translation.Understood) translated(subscription(number, "tok_1"));
        assertThat(understood.notification().type()).isEqualTo(type);
        assertThat(understood.notification().facts())
                .containsExactly(new Fact.Subscription(
                        "tok_1", status, Optional.empty(), Optional.empty(), scheduled, Optional.empty()));
        assertThat(item(subscription(number, "tok_1")).type()).isEqualTo(type);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "8, SUBSCRIPTION_PRICE_CHANGE_CONFIRMED",
        "9, SUBSCRIPTION_DEFERRED",
        "11, SUBSCRIPTION_PAUSE_SCHEDULE_CHANGED",
        "17, SUBSCRIPTION_ITEMS_CHANGED",
        "19, SUBSCRIPTION_PRICE_CHANGE_UPDATED",
        "22, SUBSCRIPTION_PRICE_STEP_UP_CONSENT_UPDATED",
        "14, SUBSCRIPTION_14",
        "999, SUBSCRIPTION_999"
    })
    void what_carries_no_fact_by_itself_keeps_its_name(int number, String type) {
        assertThat(translated(subscription(number, "tok_1"))).isEqualTo(new Translation.Ignored(type));
        assertThat(item(subscription(number, "tok_1")).paymentKey()).isEqualTo("google-play/main/tok_1");
    }

    @Test
    void the_numbers_of_products_mean_something_else() {
        var product =
                "'oneTimeProductNotification': {'notificationType': %d, 'purchaseToken': 'tok_1', 'sku': 'promo_25'}";
        assertThat(facts(says(product.formatted(1))))
                .containsExactly(new Fact.Attempt("tok_1", AttemptStatus.PENDING, ""), new Fact.Sku("promo_25"));
        assertThat(facts(says(product.formatted(2))))
                .containsExactly(new Fact.Attempt("tok_1", AttemptStatus.CANCELED, ""), new Fact.Sku("promo_25"));
        assertThat(translated(says(product.formatted(3)))).isEqualTo(new Translation.Ignored("ONE_TIME_PRODUCT_3"));
    }

    @Test
    void a_pending_purchase_that_was_canceled_never_began() {
        assertThat(facts(subscription(20, "tok_1")))
                .containsExactly(new Fact.Attempt("tok_1", AttemptStatus.FAILED, ""));
    }

    @Test
    void a_part_of_a_quantity_given_back_says_nothing_that_could_be_counted() {
        assertThat(
                        translated(
                                says(
                                        "'voidedPurchaseNotification': {'purchaseToken': 'tok_1', 'orderId': 'GPA.1', 'productType': 2, 'refundType': 2}")))
                .isEqualTo(new Translation.Ignored("VOIDED_PURCHASE"));
    }

    @Test
    void a_test_and_what_came_after_this_was_written_are_ignored_by_name() {
        assertThat(translated(says("'testNotification': {'version': '1.0'}")))
                .isEqualTo(new Translation.Ignored("TEST"));
        assertThat(translated(says("'brandNewNotification': {'purchaseToken': 'tok_1'}")))
                .isEqualTo(new Translation.Ignored("brandNewNotification"));
    }

    @Test
    void a_time_may_be_a_number_or_a_text() {
        var text = TestGoogle.subscription(4, "tok_1");
        var number = Bytes.utf8(text.utf8().replace("\"1788264000000\"", "1788264000000"));
        assertThat(number).isNotEqualTo(text);
        assertThat(translated(number)).isEqualTo(translated(text));
    }

    @Test
    void a_long_token_makes_a_key_of_its_hash_and_the_same_id_everywhere() {
        var token = "t".repeat(600) + "~+/=%";
        var hash = "sha256:" + Bytes.utf8(token).sha256();
        assertThat(item(subscription(4, token)).paymentKey()).isEqualTo("google-play/main/" + hash);
        assertThat(facts(subscription(4, token))).extracting(Fact::id).containsExactly(hash);
        var place = new PublisherResource(PublisherResource.Kind.SUBSCRIPTION, TestGoogle.PACKAGE, token);
        assertThat(PublisherResource.of(place.url())).contains(place);
        assertThat(Documents.paymentIds(place, Documents.ACTIVE)).containsExactly(hash);
    }

    @Test
    void another_pub_sub_subscription_is_refused() {
        var body =
                Bytes.utf8(TestGoogle.envelope(subscription(4, "tok_1")).utf8().replace("play-rtdn-push", "another"));
        assertThat(refusal(body)).isEqualTo(Reason.WRONG_RECEIVER);
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'subscription':'projects  | 'x':'projects        | MISSING_FIELD",
        "'subscription':'projects  | 'subscription':1,'x':'projects | WRONG_RECEIVER",
        "'data':'                  | 'x':'                | MISSING_FIELD",
        "'data':'                  | 'data':'!            | MALFORMED",
        "'data':'                  | 'data':'\\n          | MALFORMED",
        "'data':'                  | 'data':{},'x':'      | MALFORMED",
        "'message':{               | 'x':{                | MISSING_FIELD",
        "'message':{               | 'message':1,'x':{    | MISSING_FIELD",
        "'message':{               | 'message':{},'message':{ | DUPLICATE_KEY"
    })
    // spotless:on
    void an_envelope_that_is_none_is_refused(String sound, String senseless, Reason reason) {
        var body = TestGoogle.envelope(subscription(4, "tok_1")).utf8();
        var from = sound.strip().replace('\'', '"');
        assertThat(body).contains(from);
        assertThat(refusal(Bytes.utf8(body.replace(from, senseless.strip().replace('\'', '"')))))
                .isEqualTo(reason);
    }

    @Test
    void either_spelling_of_the_message_id_identifies() {
        var body = TestGoogle.envelope(subscription(4, "tok_1")).utf8();
        var delivery = delivery(Bytes.utf8(body));
        for (var name : List.of("\"messageId\"", "\"message_id\"")) {
            var other = delivery(Bytes.utf8(body.replace(name, "\"x\"")));
            assertThat(Documents.account().identify(other))
                    .isEqualTo(Documents.account().identify(delivery));
        }
        var neither = Bytes.utf8(body.replace("\"messageId\"", "\"x\"").replace("\"message_id\"", "\"y\""));
        assertThat(Documents.account().identify(delivery(neither)).get(0).eventKey())
                .contains("unidentified:");
        assertThat(refusal(neither)).isEqualTo(Reason.MISSING_FIELD);
    }

    private static Delivery delivery(Bytes body) {
        return new Delivery(Map.of(), body, TestGoogle.RECEIVED_AT);
    }

    private static Item item(Bytes data) {
        return Documents.account().identify(delivery(TestGoogle.envelope(data))).get(0);
    }

    private static Translation translated(Bytes data) {
        return Documents.translated(delivery(TestGoogle.envelope(data)), 0);
    }

    private static List<Fact> facts(Bytes data) {
        return ((Translation.Understood) translated(data)).notification().facts();
    }

    private static Reason refusal(Bytes body) {
        return ((Translation.Refused) Documents.translated(delivery(body), 0)).reason();
    }
}
