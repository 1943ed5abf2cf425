package ipn.projector.ledger;

import ipn.avro.Posting;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Postings that are being added up. Amounts enter only as a debit and a credit of one currency and day, or as postings of another
 * set: so the postings of any range of days add up to zero in each currency.
 */
public final class PostingSet {
    private final TreeMap<Line, Long> amounts = new TreeMap<>();

    private record Line(
            String account, String currency, @Nullable String product, LocalDate day) implements Comparable<Line> {
        private static final Comparator<Line> ORDER = Comparator.comparing(Line::account)
                .thenComparing(Line::currency)
                .thenComparing(Line::product, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Line::day);

        @Override
        public int compareTo(Line other) {
            return ORDER.compare(this, other);
        }
    }

    /** @param amount minor units, 0 or more */
    PostingSet move(long amount, String currency, LocalDate day, Account debit, Account credit) {
        add(new Line(debit.name(), currency, debit.product(), day), amount);
        add(new Line(credit.name(), currency, credit.product(), day), Math.negateExact(amount));
        return this;
    }

    /** Subtracts postings: the rest is the difference. */
    PostingSet without(List<Posting> others) {
        others.forEach(posting -> add(
                new Line(posting.getAccount(), posting.getCurrency(), posting.getProduct(), posting.getDay()),
                Math.negateExact(posting.getAmount())));
        return this;
    }

    /** Sorted by account, currency, product and day; none is zero. */
    List<Posting> postings() {
        return amounts.entrySet().stream()
                .map(entry -> {
                    var line = entry.getKey();
                    return new Posting(line.account, line.currency, line.product, line.day, entry.getValue());
                })
                .toList();
    }

    private void add(Line line, long amount) {
        if (amounts.merge(line, amount, Math::addExact) == 0) {
            amounts.remove(line);
        }
    }
}
