package ipn.projector.ledger;

import ipn.avro.Cause;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentAllocation;
import ipn.avro.PaymentState;
import ipn.avro.Posting;
import ipn.key.LedgerEntryId;
import ipn.key.OrderId;
import ipn.key.PaymentKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of the ledger: an entry is the difference between the postings that a key has now and those last emitted. So the entries
 * add up to the postings of what is known in the end, whatever the order of arrival.
 *
 * @param policyVersion of the catalogue that decided what the money is for
 * @param now stamps entries; decides nothing
 */
public record LedgerRules(String policyVersion, Cause cause, Instant now) {

    /**
     * Whose money is booked.
     *
     * @param key payment key, or order id
     * @param order id, where an order defines what the money is for
     * @param test true: test money
     */
    public record BookingKey(String key, @Nullable String order, boolean test) {}

    /**
     * What is kept of a key, and what to emit.
     *
     * @param posted the postings after these entries
     * @param count entries emitted so far
     * @param entries to emit now; empty where nothing changed
     */
    public record Result(List<Posting> posted, long count, List<LedgerEntry> entries) {}

    /** A payment key: its own cash, and the revenue of money that matches. */
    public Result ofPayment(PaymentAllocation before, PaymentAllocation after, List<RevenueRecognition> revenue) {
        var last = new Result(before.getPosted(), before.getEntries(), List.of());
        var own = after.getOwn();
        if (own == null) {
            return last;
        }
        var postings = new PostingSet();
        new CashPostings(own).addTo(postings);
        new RevenuePostings(revenue, payers(own, after)).addTo(postings);
        var earlier = before.getOwn();
        return earlier == null || earlier.getLive() == own.getLive()
                ? post(key(own), last, postings)
                : post(key(own), post(key(earlier), last, new PostingSet()), postings);
    }

    /** The entry that leads from the postings last emitted to those of now; none where they are equal. */
    public Result post(BookingKey key, Result last, PostingSet postings) {
        var posted = postings.postings();
        var difference = postings.without(last.posted).postings();
        if (difference.isEmpty()) {
            return last;
        }
        var entries = new ArrayList<>(last.entries);
        entries.add(entry(key, last.count + 1, difference));
        return new Result(posted, last.count + 1, List.copyOf(entries));
    }

    private LedgerEntry entry(BookingKey key, long number, List<Posting> lines) {
        requireBalanced(lines);
        return LedgerEntry.newBuilder()
                .setEntryId(id(key, number).toString())
                .setPaymentKey(key.key)
                .setOrder(key.order)
                .setTest(key.test)
                .setLines(lines)
                .setCause(cause)
                .setPolicyVersion(policyVersion)
                .setAt(now)
                .build();
    }

    private static LedgerEntryId id(BookingKey key, long number) {
        return key.order == null
                ? LedgerEntryId.of(PaymentKey.parse(key.key), number)
                : LedgerEntryId.of(new OrderId(key.order), number);
    }

    /** @throws IllegalStateException where the lines of a day do not add up to zero in each currency */
    static void requireBalanced(List<Posting> lines) {
        var sums = new TreeMap<String, Long>();
        lines.forEach(
                line -> sums.merge(line.getCurrency() + " on " + line.getDay(), line.getAmount(), Math::addExact));
        sums.values().removeIf(sum -> sum == 0);
        if (!sums.isEmpty()) {
            throw new IllegalStateException("lines: add up to " + sums + " (expected: zero in each currency and day)");
        }
    }

    private static BookingKey key(PaymentState own) {
        return new BookingKey(own.getPaymentKey(), null, !own.getLive());
    }

    private static Collection<PaymentState> payers(PaymentState own, PaymentAllocation after) {
        var payers = new HashMap<>(after.getPaidBy());
        payers.put(own.getPaymentKey(), own);
        return payers.values();
    }
}
