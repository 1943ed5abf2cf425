package ipn.operations.find;

import static ipn.operations.find.TestPayments.fact;
import static ipn.operations.find.TestPayments.payment;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.PaymentState;
import ipn.operations.decision.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaTest {
    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final PaymentState PAYMENT = payment(
                    "stripe/main/pi_Abc",
                    Map.of("subject", "u_42", "order", "ord_1001", "product", "premium"),
                    fact(FactKind.CAPTURED, "ch_9", 800, AT),
                    fact(FactKind.DISPUTE, "dp_3", 500, AT.plusSeconds(60)),
                    word(FactKind.REFERENCE, "subject"),
                    word(FactKind.SKU, "price_7"))
            .build();

    private static FactRow word(FactKind kind, String id) {
        return FactRow.newBuilder(fact(kind, id, 0, AT))
                .setAmount(null)
                .setEventKey("stripe/main/evt_of_ch_9")
                .build();
    }

    private static Optional<String> match(String text) {
        return new Criteria(Optional.of(SearchText.of(text)), Optional.empty(), Optional.empty(), Optional.empty())
                .match(PAYMENT);
    }

    @ParameterizedTest
    @CsvSource({
        "pi_abc, payment key stripe/main/pi_Abc",
        "CH_9, captured ch_9",
        "dp_3, dispute dp_3",
        "evt_of_dp, event stripe/main/evt_of_dp_3",
        "stripe/MAIN/pi_A, payment key stripe/main/pi_Abc",
        "stripe/main/evt_of_ch, event stripe/main/evt_of_ch_9",
        "*1001, order ord_1001",
        "*main/pi, payment key stripe/main/pi_Abc",
        "U_42, user u_42"
    })
    void a_payment_is_found_by_each_of_its_ids(String text, String by) {
        assertThat(match(text)).contains(by);
    }

    @ParameterizedTest
    @CsvSource({"u_4", "*_42", "1001", "abc", "stripe", "stripe/main", "price_7", "subject", "pi_abcd"})
    void not_by_a_part_of_a_user_without_its_beginning_by_a_word_of_ours_or_by_more_than_its_id(String text) {
        assertThat(match(text)).isEmpty();
    }

    @Test
    void each_criterion_that_is_given_must_match() {
        var text = Optional.of(SearchText.of("pi_abc"));
        var sum = Optional.of(new Money(500, "USD"));
        var since = Optional.of(AT.plusSeconds(60));
        var account = Optional.of("stripe/main");
        assertThat(new Criteria(text, sum, since, account).match(PAYMENT)).isPresent();
        assertThat(new Criteria(Optional.of(SearchText.of("other")), sum, since, account).match(PAYMENT))
                .isEmpty();
        assertThat(new Criteria(text, Optional.of(new Money(500, "EUR")), since, account).match(PAYMENT))
                .isEmpty();
        assertThat(new Criteria(text, sum, Optional.of(AT.plusSeconds(61)), account).match(PAYMENT))
                .isEmpty();
        assertThat(new Criteria(text, sum, since, Optional.of("stripe/mai")).match(PAYMENT))
                .isEmpty();
        assertThat(new Criteria(Optional.empty(), sum, since, account).match(PAYMENT))
                .contains("amount");
    }
}
