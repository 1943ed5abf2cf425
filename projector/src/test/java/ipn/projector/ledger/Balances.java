package ipn.projector.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.LedgerEntry;
import ipn.avro.Posting;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What entries add up to, as {@code account currency product day}; each must balance and count on from the one before. */
public final class Balances {
    private final TreeMap<String, Long> sums = new TreeMap<>();
    private final Map<String, Long> numbers = new HashMap<>();

    public static Map<String, Long> of(Collection<LedgerEntry> entries) {
        var balances = new Balances();
        entries.forEach(balances::book);
        return balances.sums;
    }

    static Map<String, Long> ofPostings(List<Posting> postings) {
        var balances = new Balances();
        postings.forEach(balances::add);
        return balances.sums;
    }

    private void book(LedgerEntry entry) {
        assertThat(entry.getLines()).isNotEmpty();
        assertThat(entry.getLines().stream().mapToLong(Posting::getAmount).sum())
                .isZero();
        LedgerRules.requireBalanced(entry.getLines());
        var number = numbers.merge(entry.getPaymentKey(), 1L, Long::sum);
        assertThat(entry.getEntryId()).isEqualTo(entry.getPaymentKey() + "/" + number);
        entry.getLines().forEach(this::add);
    }

    private void add(Posting line) {
        var product = line.getProduct() == null ? "" : " " + line.getProduct();
        sums.merge(
                line.getAccount() + " " + line.getCurrency() + product + " " + line.getDay(),
                line.getAmount(),
                Math::addExact);
        sums.values().removeIf(sum -> sum == 0);
    }
}
