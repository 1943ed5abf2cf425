package ipn.operations.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Cause;
import ipn.avro.LedgerEntry;
import ipn.avro.Posting;
import ipn.operations.OperationFailedException;
import ipn.operations.TestCluster;
import ipn.operations.ledger.LedgerGroup.By;
import ipn.operations.ledger.TrialBalance.Choice;
import ipn.operations.ledger.TrialBalance.Row;
import ipn.operations.topic.Progress;
import ipn.topics.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerQueryIT {
    private static final LocalDate MONDAY = LocalDate.parse("2026-09-07");
    private static final LocalDate TUESDAY = MONDAY.plusDays(1);
    private static final String CLEARING = "clearing/stripe/main";

    private TestCluster cluster;

    @BeforeEach
    void createTopics() {
        cluster = TestCluster.create(getClass(), 3);
    }

    @AfterEach
    void close() {
        cluster.close();
    }

    @Test
    void debits_credits_and_what_is_left_of_each_account_and_a_total_that_is_zero() {
        book("pi_1", 1, false, line(CLEARING, "USD", MONDAY, 800), line("revenue", "USD", MONDAY, -800));
        book("pi_1", 2, false, line(CLEARING, "USD", TUESDAY, -300), line("refunds", "USD", TUESDAY, 300));
        book("pi_2", 1, false, line(CLEARING, "JPY", MONDAY, 500), line("unmatched", "JPY", MONDAY, -500));
        var balance = balance(all());

        assertThat(balance.rows())
                .extracting(row -> row.group().currency(), row -> row.group().account(), Row::debits, Row::credits)
                .containsExactly(
                        tuple("JPY", CLEARING, 500L, 0L),
                        tuple("JPY", "unmatched", 0L, 500L),
                        tuple("USD", CLEARING, 800L, 300L),
                        tuple("USD", "refunds", 300L, 0L),
                        tuple("USD", "revenue", 0L, 800L));
        assertThat(balance.totals())
                .extracting(row -> row.group().currency(), Row::debits, Row::balance)
                .containsExactly(tuple("JPY", 500L, 0L), tuple("USD", 1100L, 0L));
        assertThat(balance.entries()).isEqualTo(3);
        assertThat(balance.balanced()).isTrue();
    }

    @Test
    void some_accounts_of_some_days_by_day_with_the_total_of_all_accounts() {
        book("pi_1", 1, false, line(CLEARING, "USD", MONDAY, 800), line("revenue", "USD", MONDAY, -800));
        book("pi_1", 2, false, line(CLEARING, "USD", TUESDAY, -300), line("refunds", "USD", TUESDAY, 300));
        var choice = new Choice(Set.of(By.DAY), "clearing/", Optional.of(TUESDAY), Optional.of(TUESDAY), false);
        var balance = balance(choice);

        assertThat(balance.rows())
                .singleElement()
                .isEqualTo(new Row(new LedgerGroup("USD", null, null, TUESDAY), 0, 300, -300));
        assertThat(balance.totals()).singleElement().extracting(Row::balance).isEqualTo(0L);
    }

    @Test
    void test_money_and_live_money_are_never_in_one_sum() {
        book("pi_1", 1, false, line(CLEARING, "USD", MONDAY, 800), line("revenue", "USD", MONDAY, -800));
        book("pi_2", 1, true, line(CLEARING, "USD", MONDAY, 5), line("revenue", "USD", MONDAY, -5));

        assertThat(balance(all()).totals())
                .singleElement()
                .extracting(Row::debits)
                .isEqualTo(800L);
        var test = balance(new Choice(Set.of(By.ACCOUNT), "", Optional.empty(), Optional.empty(), true));
        assertThat(test.totals()).singleElement().extracting(Row::debits).isEqualTo(5L);
        assertThat(test.otherEntries()).isEqualTo(1);
    }

    @Test
    void an_unbalanced_entry_is_named_with_its_position_even_if_another_offsets_it() {
        book("pi_1", 1, false, line(CLEARING, "USD", MONDAY, 800), line("revenue", "USD", MONDAY, -700));
        book("pi_1", 2, false, line(CLEARING, "USD", MONDAY, -100));
        var balance = balance(all());

        assertThat(balance.balanced()).isFalse();
        assertThat(balance.totals()).singleElement().extracting(Row::balance).isEqualTo(0L);
        assertThat(balance.unbalanced())
                .extracting(TrialBalance.Unbalanced::entryId, TrialBalance.Unbalanced::sums)
                .containsExactly(tuple("stripe/main/pi_1/1", "100 USD"), tuple("stripe/main/pi_1/2", "-100 USD"));
        assertThat(balance.unbalanced().get(0).at().offset()).isZero();
    }

    @Test
    void an_unreadable_entry_prevents_a_balance() {
        var topic = cluster.topic(TopicCatalogue.LEDGER);
        cluster.write(new ProducerRecord<>(topic, 0, bytes("pi_1"), bytes("nonsense")));
        assertThatThrownBy(() -> balance(all()))
                .isInstanceOf(OperationFailedException.class)
                .hasMessageContaining(topic + "-0@0: cannot be read");
    }

    @Test
    void the_entries_of_one_key_in_order_and_of_no_other() {
        book("pi_1", 1, false, line(CLEARING, "USD", MONDAY, 800), line("unmatched", "USD", MONDAY, -800));
        book("pi_2", 1, false, line(CLEARING, "USD", MONDAY, 5), line("unmatched", "USD", MONDAY, -5));
        book("pi_1", 2, false, line("unmatched", "USD", MONDAY, 800), line("revenue", "USD", MONDAY, -800));

        assertThat(new LedgerQuery(cluster.kafka, cluster.serdes).show("stripe/main/pi_1"))
                .extracting(LedgerEntry::getEntryId)
                .containsExactly("stripe/main/pi_1/1", "stripe/main/pi_1/2");
    }

    @Test
    void a_hundred_thousand_entries_are_added_up_and_the_progress_is_reported() {
        var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
        for (var i = 0; i < 100_000; i++) {
            records.add(
                    entry("pi_" + i, 1, false, line(CLEARING, "USD", MONDAY, i), line("revenue", "USD", MONDAY, -i)));
        }
        cluster.write(records);
        var received = new ArrayList<Long>();
        var balance = new LedgerQuery(cluster.kafka, cluster.serdes)
                .balance(all(), (step, done, total) -> received.add(total - done));

        assertThat(balance.totals()).singleElement().extracting(Row::debits).isEqualTo(99_999L * 100_000 / 2);
        assertThat(balance.balanced()).isTrue();
        assertThat(received).endsWith(0L).hasSizeGreaterThan(10);
    }

    private TrialBalance balance(Choice choice) {
        return new LedgerQuery(cluster.kafka, cluster.serdes).balance(choice, Progress.SILENT);
    }

    private static Choice all() {
        return new Choice(Set.of(By.ACCOUNT), "", Optional.empty(), Optional.empty(), false);
    }

    private void book(String id, long number, boolean test, Posting... lines) {
        cluster.write(entry(id, number, test, lines));
    }

    private ProducerRecord<byte[], byte[]> entry(String id, long number, boolean test, Posting... lines) {
        var key = "stripe/main/" + id;
        var entry = LedgerEntry.newBuilder()
                .setEntryId(key + "/" + number)
                .setPaymentKey(key)
                .setTest(test)
                .setLines(List.of(lines))
                .setCause(new Cause("stripe/main/evt_1", "ipn.raw", 0, 0L, false))
                .setPolicyVersion("1")
                .setAt(Instant.EPOCH)
                .build();
        return cluster.avro(TopicCatalogue.LEDGER, null, key, LedgerEntry.class, entry);
    }

    private static Posting line(String account, String currency, LocalDate day, long amount) {
        return new Posting(account, currency, null, day, amount);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
