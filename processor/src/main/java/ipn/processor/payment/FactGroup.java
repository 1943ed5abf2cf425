package ipn.processor.payment;

import ipn.avro.FactKind;
import ipn.fact.Fact;
import ipn.topics.ByteLimits;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Facts that share a bound. What proves money and what reverses it each have a bound of their own, so that no number of other facts
 * keeps them out of a payment.
 */
public enum FactGroup {
    /** Money, what it is for, and until when. There are at most four references. */
    MONEY(
            ByteLimits.PAYMENT_MONEY,
            FactKind.AUTHORIZED,
            FactKind.CAPTURED,
            FactKind.INVOICE,
            FactKind.SUBSCRIPTION,
            FactKind.REFERENCE),
    /** Money that goes back, or may have to. So many of the longest fit into the bytes: only their number can refuse one. */
    REVERSALS(
            ByteLimits.PAYMENT_REVERSALS,
            FactKind.REFUND,
            FactKind.REFUND_TOTAL,
            FactKind.DISPUTE,
            FactKind.DISPUTE_FUNDS,
            FactKind.FRAUD_FLAG),
    /** What proves no money. Without its lines, a refund counts all the same. */
    DESCRIPTIONS(ByteLimits.PAYMENT_DESCRIPTIONS, FactKind.ATTEMPT, FactKind.LINK, FactKind.SKU, FactKind.REFUND_LINES);

    /** More facts of a group than any real payment has: above it, the sender has a fault or attacks. */
    static final int FACTS_MAX = 1_000;

    /** Bytes of a row without its texts: times, amounts, currency, status, and the lengths of texts. */
    private static final long ROW_BYTES = 96;

    /** Bytes of a refund's line without its text. */
    private static final long REFUND_LINE_BYTES = 16;

    /** Bytes of an invoice's line without its texts, or of what its lines have in common. */
    private static final long LINE_BYTES = 80;

    /** Bytes of a subscription's item without its texts. */
    private static final long ITEM_BYTES = 4;

    private final int bytesMax;
    private final Set<FactKind> kinds;

    FactGroup(int bytesMax, FactKind... kinds) {
        this.bytesMax = bytesMax;
        this.kinds = Set.of(kinds);
    }

    boolean contains(FactKey key) {
        return kinds.contains(key.kind());
    }

    /** The first group with more facts, or more bytes of them, than its bound, for people; empty: all are within. */
    static Optional<String> violation(Payment payment) {
        return Arrays.stream(values())
                .flatMap(group -> group
                        .violation(payment.facts().entrySet().stream()
                                .filter(entry -> group.contains(entry.getKey()))
                                .toList())
                        .stream())
                .findFirst();
    }

    private Optional<String> violation(Collection<Map.Entry<FactKey, VersionedFact>> facts) {
        return facts.size() <= FACTS_MAX
                        && facts.stream().mapToLong(FactGroup::bytes).sum() <= bytesMax
                ? Optional.empty()
                : Optional.of("facts: more than %d, or %d KiB, of one payment and of kinds %s (expected: at most that)"
                        .formatted(
                                FACTS_MAX,
                                bytesMax / 1024,
                                kinds.stream().sorted().toList()));
    }

    /** At least as many as the row of a fact has when it is written. A test compares both. */
    public static long bytes(Map.Entry<FactKey, VersionedFact> entry) {
        var known = entry.getValue();
        var fact = known.fact();
        var bytes = ROW_BYTES + utf8(entry.getKey().id()) + utf8(known.version().eventKey());
        if (fact instanceof Fact.Reference reference) {
            return bytes + utf8(reference.value());
        }
        if (fact instanceof Fact.Link link) {
            return bytes + utf8(link.target());
        }
        if (fact instanceof Fact.Invoice invoice) {
            return bytes
                    + utf8(invoice.subscription().orElse(""))
                    + invoice.breakdown().map(FactGroup::bytes).orElse(0L);
        }
        if (fact instanceof Fact.RefundLines refund) {
            return bytes
                    + refund.lines().stream()
                            .mapToLong(line -> REFUND_LINE_BYTES + utf8(line.sku()))
                            .sum();
        }
        if (fact instanceof Fact.Subscription subscription) {
            return bytes
                    + subscription.items().stream()
                            .mapToLong(item -> ITEM_BYTES + bytes(item.skus()))
                            .sum();
        }
        if (fact instanceof Fact.Dispute dispute) {
            return bytes + utf8(dispute.reason());
        }
        if (fact instanceof Fact.Attempt attempt) {
            return bytes + utf8(attempt.reason());
        }
        return fact instanceof Fact.FraudFlag flag ? bytes + utf8(flag.reason()) : bytes;
    }

    private static long bytes(Fact.Breakdown breakdown) {
        return LINE_BYTES
                + breakdown.lines().stream()
                        .mapToLong(line -> LINE_BYTES
                                + bytes(line.skus())
                                + utf8(line.discountName().orElse("")))
                        .sum();
    }

    private static long bytes(List<String> skus) {
        return skus.stream().mapToLong(sku -> 2 + utf8(sku)).sum();
    }

    private static long utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
