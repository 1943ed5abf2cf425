package ipn.gateway.coinbase;

import static ipn.gateway.coinbase.CoinbaseSays.item;
import static ipn.gateway.coinbase.CoinbaseSays.translated;
import static ipn.gateway.coinbase.CoinbaseSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The successors' payment links and checkouts. */
class CoinbaseCheckoutsTest {
    private static final String PAID = """
            {'id': '68f7', 'eventType': 'checkout.payment.success', 'amount': '50.00', 'currency': 'USDC',
             'status': 'COMPLETED', 'metadata': {'order_id': 'ord_1'}, 'createdAt': '2026-09-01T11:00:00Z',
             'updatedAt': '2026-09-01T12:00:00Z'}""";

    @Test
    void no_word_comes_from_the_payer() {
        assertThat(new CoinbaseGateway().payerWords()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment_link", "checkout"})
    void a_success_is_money_taken(String product) {
        var told = understood(PAID.replace("checkout", product));
        assertThat(told.occurredAt()).isEqualTo(Instant.parse("2026-09-01T12:00:00Z"));
        assertThat(told.facts())
                .containsExactly(
                        new Fact.Captured("68f7", new Money(5000, "USD"), Optional.empty()),
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"));
    }

    @Test
    void the_settlement_tells_the_fee() {
        assertThat(understood(PAID.replace(
                                "'status'", "'settlement': {'feeAmount': '0.50', 'currency': 'USDC'}, 'status'"))
                        .facts())
                .contains(new Fact.Captured("68f7", new Money(5000, "USD"), Optional.of(new Money(50, "USD"))));
    }

    @ParameterizedTest
    @CsvSource({
        "payment_link.payment.failed,  FAILED",
        "payment_link.payment.expired, EXPIRED",
        "checkout.payment.failed,      FAILED",
        "checkout.payment.expired,     EXPIRED"
    })
    void what_did_not_come_to_money_says_how_it_ended(String type, AttemptStatus status) {
        assertThat(understood(PAID.replace("checkout.payment.success", type)).facts())
                .contains(new Fact.Attempt("68f7", status, ""));
    }

    @Test
    void the_link_and_what_happened_to_it_name_the_event() {
        assertThat(item(PAID))
                .isEqualTo(new Item(
                        0,
                        "coinbase/main/68f7",
                        "coinbase/main/68f7:checkout.payment.success",
                        "checkout.payment.success"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkout.refund.success", "onramp.transaction.created", "wallet.activity.detected"})
    void other_types_are_ignored_by_name(String type) {
        assertThat(translated(PAID.replace("checkout.payment.success", type))).isEqualTo(new Translation.Ignored(type));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'amount': '50.00'    | 'amount': 50                | INVALID_AMOUNT",
                "'amount': '50.00'    | 'amount': '0.333333'        | WRONG_EXPONENT",
                "'currency': 'USDC'   | 'currency': 'USDT'          | UNKNOWN_CURRENCY",
                "'currency': 'USDC'   | 'x': 1                      | MISSING_FIELD",
                "'id': '68f7'         | 'id': 'a b'                 | INVALID_ID",
                "'updatedAt': '2026   | 'updatedAt': 'x2026         | INVALID_TIME",
                "'order_id': 'ord_1'  | 'order_id': ''              | INVALID_ID"
            })
    void what_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        assertThat(translated(PAID.replace(sound.strip(), senseless.strip())))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
