package ipn.projector;

import ipn.avro.Breakdown;
import ipn.avro.DisputeStatus;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PayerWord;
import ipn.avro.PaymentState;
import ipn.avro.PaymentStatus;
import ipn.avro.RefundedLine;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import ipn.projector.oracle.Story;
import ipn.projector.oracle.Story.Dispute;
import ipn.projector.oracle.Story.Invoice;
import ipn.projector.oracle.Story.Line;
import ipn.projector.oracle.Story.Outcome;
import ipn.projector.oracle.Story.Purchase;
import ipn.projector.oracle.Story.Shape;
import ipn.projector.oracle.Story.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The notifications of a story, and the payment states that the processor derives from any of them, in any order. */
final class StoryEvents {
    private final Map<String, Map<String, Event>> seen = new HashMap<>();
    private final Instant first;
    /** The first day for which each subscription was reported. */
    private final Map<String, Integer> firstStatus = new HashMap<>();
    /** What any status of each subscription named as bought. */
    private final Map<String, TreeSet<String>> named = new HashMap<>();

    StoryEvents() {
        this(Projection.NOON);
    }

    /** @param first the first day of the story */
    StoryEvents(Instant first) {
        this.first = first;
    }

    /**
     * One notification about one payment key.
     *
     * @param id of what it is about; of two about the same the later counts
     * @param about an invoice, a dispute, a refund, a status or a charge of the story
     * @param invoice of the charge, the refund or the dispute
     */
    record Event(int day, String key, String id, Object about, Purchase purchase, Optional<Invoice> invoice) {}

    /** A charge, and whether it names the invoice that it pays: some gateways report that in a second notification. */
    private record Charge(boolean linked) {}

    /** All of them, in the order of their days. */
    static List<Event> of(Story story) {
        var events = new ArrayList<Event>();
        for (var purchase : story.purchases()) {
            purchase.statuses()
                    .forEach(status -> events.add(
                            new Event(status.day(), purchase.id(), "status", status, purchase, Optional.empty())));
            purchase.invoices().forEach(invoice -> add(purchase, invoice, events));
        }
        events.sort(Comparator.comparing(Event::day));
        return events;
    }

    private static void add(Purchase purchase, Invoice invoice, List<Event> events) {
        var one = purchase.shape() == Shape.ONE_KEY;
        var own = one ? purchase.id() : invoice.id();
        var charge = one ? purchase.id() : "pi_" + invoice.id();
        var of = Optional.of(invoice);
        if (invoice.failedDay().isPresent()) {
            var failed = Story.failed(invoice);
            events.add(new Event(failed.day(), own, "invoice " + invoice.id(), failed, purchase, of));
        }
        events.add(new Event(invoice.day(), own, "invoice " + invoice.id(), invoice, purchase, of));
        if (invoice.paid() == 0) {
            return;
        }
        events.add(new Event(invoice.day(), charge, "charge " + invoice.id(), new Charge(false), purchase, of));
        if (!one) {
            events.add(new Event(invoice.day(), charge, "link", new Charge(true), purchase, of));
        }
        for (var i = 0; i < invoice.refunds().size(); i++) {
            var refund = invoice.refunds().get(i);
            events.add(new Event(refund.day(), charge, "refund " + i + " " + invoice.id(), refund, purchase, of));
        }
        for (var dispute : invoice.disputes()) {
            var opened = new Dispute(dispute.day(), dispute.day(), dispute.amount(), Outcome.OPEN);
            var id = "dispute " + invoice.id();
            events.add(new Event(dispute.day(), charge, id, opened, purchase, of));
            events.add(new Event(dispute.decided(), charge, id, dispute, purchase, of));
        }
    }

    /** The state of the payment once this event is known too. */
    PaymentState after(Event event) {
        var known = seen.computeIfAbsent(event.key(), key -> new TreeMap<>());
        known.merge(event.id(), event, (before, now) -> now.day() > before.day() ? now : before);
        if (event.about() instanceof Status status) {
            firstStatus.merge(event.key(), event.day(), Math::min);
            named.computeIfAbsent(event.key(), key -> new TreeSet<>()).addAll(status.skus());
        }
        return state(event.key(), List.copyOf(known.values()), firstStatus.getOrDefault(event.key(), 0));
    }

    private PaymentState state(String key, List<Event> known, int firstStatus) {
        var purchase = known.get(0).purchase();
        var state = Payments.payment(key).setPaymentKey(Payments.key(key));
        if (!key.startsWith("pi_")) {
            state.setReferences(references(purchase))
                    .setSkus(skus(key, known))
                    .setPayerWords(purchase.payerWrites().stream()
                            .map(word -> PayerWord.valueOf(word.toUpperCase(Locale.ROOT)))
                            .sorted()
                            .toList());
        }
        state.setInvoices(known.stream()
                .filter(event -> event.about() instanceof Invoice)
                .map(event -> invoice((Invoice) event.about(), purchase, known))
                .sorted(Comparator.comparing(StoryEvents::end).thenComparing(ipn.avro.Invoice::getId))
                .toList());
        known.stream()
                .filter(event -> event.about() instanceof Status)
                .findFirst()
                .ifPresent(event -> state.setSubscription(subscription((Status) event.about(), firstStatus)));
        if (known.stream().anyMatch(event -> event.about() instanceof Charge charge && charge.linked())) {
            Payments.paying(state, known.get(0).invoice().orElseThrow().id());
        }
        return money(state, known).build();
    }

    private static Map<String, String> references(Purchase purchase) {
        return purchase.word().isEmpty()
                ? Map.of("subject", purchase.subject())
                : Map.of("subject", purchase.subject(), "product", purchase.word());
    }

    private List<String> skus(String key, List<Event> known) {
        var skus = new TreeSet<>(named.getOrDefault(key, new TreeSet<>()));
        known.forEach(event -> {
            if (event.about() instanceof Invoice invoice) {
                invoice.lines().forEach(line -> skus.add(line.sku()));
            }
        });
        return List.copyOf(skus);
    }

    private PaymentState.Builder money(PaymentState.Builder state, List<Event> known) {
        var captured = new TreeMap<String, Long>();
        var refunded = new TreeMap<String, Long>();
        var disputed = new TreeMap<String, Long>();
        var lost = new TreeMap<String, Long>();
        var all = new TreeSet<String>();
        for (var event : known) {
            var about = event.about();
            if (event.invoice().isEmpty() || about instanceof Invoice) {
                continue;
            }
            var invoice = event.invoice().orElseThrow();
            var currency = invoice.currency();
            if (about instanceof Charge charge && !charge.linked()) {
                captured.merge(currency, invoice.paid(), Long::sum);
                all.add(currency);
            } else if (about instanceof Story.Refund refund) {
                refunded.merge(currency, refund.amount(), Long::sum);
                all.add(currency);
            } else if (about instanceof Dispute dispute) {
                all.add(currency);
                if (dispute.outcome() != Outcome.WON) {
                    (dispute.outcome() == Outcome.OPEN ? disputed : lost).merge(currency, dispute.amount(), Long::sum);
                }
            }
        }
        state.setTotals(all.stream()
                .map(currency -> new Totals(
                        currency,
                        0L,
                        captured.getOrDefault(currency, 0L),
                        refunded.getOrDefault(currency, 0L),
                        disputed.getOrDefault(currency, 0L),
                        lost.getOrDefault(currency, 0L),
                        0L))
                .toList());
        state.setStatus(captured.isEmpty() ? PaymentStatus.UNKNOWN : PaymentStatus.COMPLETED);
        state.setCapturedAt(known.stream()
                .filter(event -> event.about() instanceof Charge charge && !charge.linked())
                .map(event -> at(event.day()))
                .min(Comparator.naturalOrder())
                .orElse(null));
        state.setRefundedAt(last(known, Story.Refund.class, ""));
        state.setDisputedAt(last(known, Dispute.class, ""));
        return state.setDisputeStatus(dispute(known, ""));
    }

    private Instant last(List<Event> known, Class<?> what, String suffix) {
        return known.stream()
                .filter(event -> what.isInstance(event.about()) && event.id().endsWith(suffix))
                .map(event -> at(event.day()))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }

    private static DisputeStatus dispute(List<Event> known, String suffix) {
        var outcomes = known.stream()
                .filter(event -> event.about() instanceof Dispute && event.id().endsWith(suffix))
                .map(event -> ((Dispute) event.about()).outcome())
                .collect(Collectors.toSet());
        if (outcomes.contains(Outcome.LOST)) {
            return DisputeStatus.LOST;
        }
        if (outcomes.contains(Outcome.OPEN)) {
            return DisputeStatus.OPEN;
        }
        return outcomes.isEmpty() ? DisputeStatus.NONE : DisputeStatus.WON;
    }

    private ipn.avro.Invoice invoice(Invoice invoice, Purchase purchase, List<Event> known) {
        var own = " " + invoice.id();
        var from = invoice.lines().stream().mapToInt(Line::from).min().orElseThrow();
        var until = invoice.lines().stream().mapToInt(Line::until).max().orElseThrow();
        return ipn.avro.Invoice.newBuilder()
                .setId(invoice.id())
                .setStatus(InvoiceStatus.valueOf(invoice.result().name()))
                .setSubscription(Payments.key(purchase.id()))
                .setPaid(invoice.paid())
                .setDue(invoice.due())
                .setCurrency(invoice.currency())
                .setFrom(at(from))
                .setUntil(at(until))
                .setAt(at(invoice.day()))
                .setBreakdown(invoice.itemized() ? breakdown(invoice) : null)
                .setRefunded(refunded(known, own))
                .setRefundedLines(refundedLines(known, own))
                .setRefundedAt(last(known, Story.Refund.class, own))
                .setDisputeStatus(dispute(known, own))
                .setDisputed(disputed(known, own, Outcome.OPEN))
                .setLost(disputed(known, own, Outcome.LOST))
                .setDisputedAt(last(known, Dispute.class, own))
                .build();
    }

    private static long refunded(List<Event> known, String suffix) {
        return known.stream()
                .filter(event ->
                        event.about() instanceof Story.Refund && event.id().endsWith(suffix))
                .mapToLong(event -> ((Story.Refund) event.about()).amount())
                .sum();
    }

    private List<RefundedLine> refundedLines(List<Event> known, String suffix) {
        var lines = new TreeMap<String, RefundedLine>();
        known.stream()
                .filter(event ->
                        event.about() instanceof Story.Refund && event.id().endsWith(suffix))
                .map(event -> (Story.Refund) event.about())
                .filter(refund -> !refund.sku().isEmpty())
                .sorted(Comparator.comparing(Story.Refund::day))
                .forEach(refund -> lines.merge(
                        refund.sku(),
                        new RefundedLine(refund.sku(), refund.amount(), at(refund.day())),
                        (earlier, later) -> new RefundedLine(
                                refund.sku(), earlier.getAmount() + later.getAmount(), later.getAt())));
        return List.copyOf(lines.values());
    }

    private static long disputed(List<Event> known, String suffix, Outcome outcome) {
        return known.stream()
                .filter(event -> event.about() instanceof Dispute dispute
                        && dispute.outcome() == outcome
                        && event.id().endsWith(suffix))
                .mapToLong(event -> ((Dispute) event.about()).amount())
                .sum();
    }

    private Breakdown breakdown(Invoice invoice) {
        var discount = invoice.discount()
                + invoice.lines().stream().mapToLong(Line::discount).sum();
        return Breakdown.newBuilder()
                .setReason(invoice.switches() ? InvoiceReason.SWITCH : InvoiceReason.RENEWAL)
                .setDiscount(discount)
                .setTax(invoice.lines().stream().mapToLong(Line::tax).sum())
                .setCredit(invoice.credit())
                .setLines(invoice.lines().stream().map(this::line).toList())
                .build();
    }

    private InvoiceLine line(Line line) {
        return InvoiceLine.newBuilder()
                .setSkus(List.of(line.sku()))
                .setQuantity(line.quantity())
                .setAmount(line.amount())
                .setDiscount(line.discount())
                .setDiscountName(line.offer() || line.discount() > 0 ? "coupon" : null)
                .setTax(line.tax())
                .setProration(line.proration())
                .setFrom(at(line.from()))
                .setUntil(at(line.until()))
                .build();
    }

    private Subscription subscription(Status status, int firstDay) {
        return Subscription.newBuilder()
                .setStatus(SubscriptionStatus.valueOf(status.state().name()))
                .setAt(at(status.day()))
                .setFirstAt(at(firstDay))
                .setTrialEnd(at(status.trialEnd()))
                .setCancelAt(at(status.cancelAt()))
                .setCancelScheduled(status.cancelScheduled())
                .setItems(
                        status.areItems()
                                ? status.skus().stream()
                                        .map(sku -> new SubscriptionItem(List.of(sku)))
                                        .toList()
                                : List.of())
                .build();
    }

    private static Instant end(ipn.avro.Invoice invoice) {
        return Objects.requireNonNull(invoice.getUntil());
    }

    private Instant at(OptionalInt day) {
        return day.isPresent() ? at(day.getAsInt()) : null;
    }

    private Instant at(int day) {
        return first.plus(Duration.ofDays(day));
    }
}
