package ipn.decision;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DiscrepancyKind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SeenMoneyTest {
    @ParameterizedTest
    @CsvSource({
        "UNDERPAID, 24.00 USD, 24.00 USD, true",
        "UNDERPAID, 24.00 USD, 24.01 USD, true",
        "UNDERPAID, 24.00 USD, 100.00 USD, true",
        "UNDERPAID, 24.00 USD, 9.00 USD, false",
        "UNDERPAID, 24.00 USD, 30.00 EUR, false",
        "UNDERPAID, 2400 JPY, 2400 JPY, true",
        "UNDERPAID, none, none, false",
        "OVERPAID, 26.00 USD, 25.50 USD, false",
        "DUPLICATE_PAYMENT, 25.00 USD once more, 24.00 USD once more, false",
        "DUPLICATE_PAYMENT, 25.00 USD once more, 25.00 USD once more, true",
        "LATE, 2026-09-01T12:00:00Z, 2026-09-01T11:00:00Z, true",
        "LATE, 2026-09-01T12:00:00Z, 2026-09-01T12:00:01Z, false",
        "UNSOLD_TRIAL, a trial until 2026-09-01T12:00:00Z, a trial until 2026-09-01T12:00:00Z, true",
        "UNSOLD_TRIAL, a trial until 2026-09-01T12:00:00Z, a trial until 2036-09-01T12:00:00Z, false",
        "UNSOLD_TRIAL, a trial until then, a trial until then, false",
        "WRONG_ACCOUNT, stripe/main, stripe/main, false"
    })
    void as_much_or_more_and_as_early_or_earlier_is_as_good(
            DiscrepancyKind kind, String seen, String actual, boolean asGood) {
        assertThat(SeenMoney.isAsGood(kind, seen, actual)).isEqualTo(asGood);
    }
}
