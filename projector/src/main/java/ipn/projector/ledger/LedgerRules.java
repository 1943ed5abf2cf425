package ipn.projector.ledger;

import ipn.avro.Cause;
import ipn.avro.LedgerEntry;
import ipn.avro.PaymentState;
import ipn.avro.Posting;
import ipn.avro.PaymentAllocation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells how the books of a place change: the difference between what its postings are now and what they were when last told.
 * So whatever order news came in, the entries add up to the postings of what is known in the end.
 *
 * @param policyVersion that decided what the money is for
 * @param now stamps entries; decides nothing
 */
public record LedgerRules(String policyVersion, Cause cause, Instant now) {

    /**
     * Where money is booked.
     *
     * @param key payment key, or order id
     * @param order id, where an order says what the money is for
     * @param test true: test money
     */
    public record Place(String key, @Nullable String order, boolean test) {}

    /**
     * What is remembered of a place.
     *
     * @param posted the postings as told with these entries
     * @param count entries told so far
     * @param entries to tell now; empty where nothing changed
     */
    public record Step(List<Posting> posted, long count, List<LedgerEntry> entries) {}

    /** A payment key: the cash of its own, and what the money that matches is for. */
    public Step of(PaymentAllocation before, PaymentAllocation after, List<RevenueRecognition> recognised) {
        var told = new Step(before.getPosted(), before.getEntries(), List.of());
        var own = after.getOwn();
        if (own == null) {
            return told;
        }
        var sheet = new PostingSet();
        new CashPostings(own).into(sheet);
        new CashBound(recognised, payers(own, after)).into(sheet);
        var earlier = before.getOwn();
        return earlier == null || earlier.getLive() == own.getLive()
                ? tell(place(own), told, sheet)
                : tell(place(own), tell(place(earlier), told, new PostingSet()), sheet);
    }

    /** What a place's postings are now, as the difference to what was told of it. */
    public Step tell(Place place, Step told, PostingSet sheet) {
        var postings = sheet.postings();
        var difference = sheet.without(told.posted).postings();
        if (difference.isEmpty()) {
            return told;
        }
        var entries = new ArrayList<>(told.entries);
        entries.add(entry(place, told.count + 1, difference));
        return new Step(postings, told.count + 1, List.copyOf(entries));
    }

    private LedgerEntry entry(Place place, long number, List<Posting> lines) {
        requireBalanced(lines);
        return LedgerEntry.newBuilder()
                .setEntryId(place.key + "/" + number)
                .setPaymentKey(place.key)
                .setOrder(place.order)
                .setTest(place.test)
                .setLines(lines)
                .setCause(cause)
                .setPolicyVersion(policyVersion)
                .setAt(now)
                .build();
    }

    /** @throws IllegalStateException if a day's lines do not add up to zero in each currency */
    static void requireBalanced(List<Posting> lines) {
        var sums = new TreeMap<String, Long>();
        lines.forEach(
                line -> sums.merge(line.getCurrency() + " on " + line.getDay(), line.getAmount(), Math::addExact));
        sums.values().removeIf(sum -> sum == 0);
        if (!sums.isEmpty()) {
            throw new IllegalStateException("lines: add up to " + sums + " (expected: zero in each currency and day)");
        }
    }

    private static Place place(PaymentState own) {
        return new Place(own.getPaymentKey(), null, !own.getLive());
    }

    private static Collection<PaymentState> payers(PaymentState own, PaymentAllocation after) {
        var payers = new HashMap<>(after.getPaidBy());
        payers.put(own.getPaymentKey(), own);
        return payers.values();
    }
}
