package ipn.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.fact.Money;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    private static final Amounts ISO = new Amounts(Map.of());
    private static final Amounts STRIPE = new Amounts(Map.of("MGA", 0, "ISK", 2, "UGX", 2));
    private static final Amounts ADYEN = new Amounts(Map.of("IDR", 0, "CVE", 0, "CLP", 2, "ISK", 2));

    @ParameterizedTest
    @CsvSource({
        "2500, usd, 2500",
        "2500, USD, 2500",
        "2500, JPY, 2500",
        "2500, BHD, 2500",
        "0, eur, 0",
        "2500.00, usd, 2500",
        "25e2, usd, 2500",
        "500, isk, 5",
        "300, ugx, 3",
        "7, mga, 700",
        "100000000000000, usd, 100000000000000"
    })
    void units_become_minor_units_of_iso(String units, String currency, long minorUnits) {
        assertThat(STRIPE.ofUnits(new BigDecimal(units), currency, "/amount"))
                .isEqualTo(new Money(minorUnits, currency.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @CsvSource({"100, IDR, 10000", "100, CVE, 10000", "100, CLP, 1", "100, ISK, 1", "100, UGX, 100"})
    void every_gateway_has_a_table_of_its_own(String units, String currency, long minorUnits) {
        assertThat(ADYEN.ofUnits(new BigDecimal(units), currency, "/amount"))
                .isEqualTo(new Money(minorUnits, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "25.00, USD, 2500",
        "25, USD, 2500",
        "25.5, USD, 2550",
        "25.500, USD, 2550",
        "2500, JPY, 2500",
        "1.234, TND, 1234",
        "0.00, EUR, 0"
    })
    void decimals_become_minor_units(String decimal, String currency, long minorUnits) {
        assertThat(ISO.ofDecimal(decimal, currency, "/amount")).isEqualTo(new Money(minorUnits, currency));
        assertThat(ISO.ofMain(new BigDecimal(decimal), currency, "/amount")).isEqualTo(new Money(minorUnits, currency));
    }

    /** Computed with binary fractions, about one in twenty of these would lose a cent. */
    @Test
    void no_cent_is_lost_in_any_decimal_up_to_a_thousand() {
        for (var cents = 0; cents < 100_000; cents++) {
            var decimal = BigDecimal.valueOf(cents, 2).toPlainString();
            assertThat(ISO.ofDecimal(decimal, "USD", "/amount").minorUnits())
                    .as(decimal)
                    .isEqualTo(cents);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-5, USD, INVALID_AMOUNT",
        "1e400, USD, INVALID_AMOUNT",
        "9007199254740993, USD, INVALID_AMOUNT",
        "100000000000001, USD, INVALID_AMOUNT",
        "1E1000000000, USD, INVALID_AMOUNT",
        "1E-1000000000, USD, INVALID_AMOUNT",
        "0E1000000000, USD, INVALID_AMOUNT",
        "-1E1000000000, JPY, INVALID_AMOUNT",
        "99999999999999999999999999, USD, INVALID_AMOUNT",
        "19.999, USD, WRONG_EXPONENT",
        "19.5, JPY, WRONG_EXPONENT",
        "550, ISK, WRONG_EXPONENT",
        "1E-5, USD, WRONG_EXPONENT",
        "100, XXX, UNKNOWN_CURRENCY",
        "100, XTS, UNKNOWN_CURRENCY",
        "100, XAU, UNKNOWN_CURRENCY",
        "100, ABC, UNKNOWN_CURRENCY",
        "100, US, UNKNOWN_CURRENCY",
        "100, '', UNKNOWN_CURRENCY",
        "100, \u0131qd, UNKNOWN_CURRENCY"
    })
    void units_that_are_no_amount_are_refused_at_once(String units, String currency, Reason reason) {
        refused(reason, () -> STRIPE.ofUnits(new BigDecimal(units), currency, "/amount"));
    }

    @ParameterizedTest
    @CsvSource({
        "-25.00, USD, INVALID_AMOUNT",
        "'19,99', USD, INVALID_AMOUNT",
        "1e3, USD, INVALID_AMOUNT",
        "' 1', USD, INVALID_AMOUNT",
        "+1, USD, INVALID_AMOUNT",
        ".5, USD, INVALID_AMOUNT",
        "5., USD, INVALID_AMOUNT",
        "'', USD, INVALID_AMOUNT",
        "0x10, USD, INVALID_AMOUNT",
        "\u0661\u0662, USD, INVALID_AMOUNT",
        "9999999999999999999, USD, INVALID_AMOUNT",
        "NaN, USD, INVALID_AMOUNT",
        "19.999, USD, WRONG_EXPONENT",
        "25.50, JPY, WRONG_EXPONENT",
        "1.2345, TND, WRONG_EXPONENT"
    })
    void decimals_that_are_no_amount_are_refused(String decimal, String currency, Reason reason) {
        refused(reason, () -> ISO.ofDecimal(decimal, currency, "/amount"));
    }

    @Test
    void an_amount_that_would_fill_the_memory_takes_no_time() {
        var began = System.nanoTime();
        refused(Reason.INVALID_AMOUNT, () -> ISO.ofMain(new BigDecimal("1E1000000000"), "USD", "/amount"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
    }

    private static void refused(Reason reason, ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.reason()).isEqualTo(reason);
            assertThat(e.detail()).startsWith("/amount: ");
        });
    }
}
