package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Cause;
import ipn.avro.LedgerEntry;
import ipn.avro.Posting;
import ipn.operations.ledger.LedgerGroup;
import ipn.operations.ledger.LedgerGroup.By;
import ipn.operations.ledger.TrialBalance;
import ipn.operations.ledger.TrialBalance.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTableTest {
    @Test
    void amounts_have_the_decimals_of_their_currency_and_every_currency_its_total() {
        var balance = new TrialBalance(
                List.of(
                        new Row(new LedgerGroup("JPY", "revenue", "premium", null), 0, 900, -900),
                        new Row(new LedgerGroup("USD", "clearing/stripe/main", null, null), 2500, 90, 2410)),
                List.of(
                        new Row(new LedgerGroup("JPY", null, null, null), 900, 900, 0),
                        new Row(new LedgerGroup("USD", null, null, null), 2500, 2500, 0)),
                2,
                0,
                List.of(),
                0);
        assertThat(LedgerTable.of(balance, Set.of(By.ACCOUNT, By.PRODUCT)).lines())
                .containsExactly(
                        "account               currency  product  debits  credits  balance",
                        "revenue               JPY       premium       0      900     -900",
                        "clearing/stripe/main  USD                 25.00     0.90    24.10",
                        "all accounts          JPY                   900      900        0",
                        "all accounts          USD                 25.00    25.00     0.00");
    }

    @Test
    void every_line_of_an_entry_names_the_event_and_the_raw_record_behind_it() {
        var entry = LedgerEntry.newBuilder()
                .setEntryId("stripe/main/pi_1/2")
                .setPaymentKey("stripe/main/pi_1")
                .setTest(true)
                .setLines(List.of(
                        new Posting("fees", "USD", null, LocalDate.EPOCH, 90L),
                        new Posting("revenue", "USD", "premium", LocalDate.EPOCH, -90L)))
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 3, 9L, false))
                .setPolicyVersion("v1")
                .setAt(Instant.EPOCH)
                .build();
        assertThat(LedgerTable.of(List.of(entry)).lines())
                .containsExactly(
                        "entry   account  product  day            amount  cause              raw record   policy",
                        "2 test  fees              1970-01-01   0.90 USD  stripe/main/evt_1  ipn.raw-3@9  v1",
                        "2 test  revenue  premium  1970-01-01  -0.90 USD  stripe/main/evt_1  ipn.raw-3@9  v1");
    }
}
