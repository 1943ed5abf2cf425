package ipn.projector.allocation;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.DiscrepancyKind;
import ipn.avro.Invoice;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PayerWord;
import ipn.avro.PaymentState;
import ipn.key.ChargeKey;
import ipn.key.ClaimKey;
import ipn.key.OrderId;
import ipn.projector.allocation.MatchResult.OpenDiscrepancy;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.Product.Kind;
import ipn.projector.catalogue.ProductCatalogue;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A payment key, or one of its invoices, that is compared with its terms.
 *
 * @param catalogue the version that judges it
 * @param product what it is for; empty where no product of the catalogue is named
 * @param reversals of its money
 * @param key names it in claims and discrepancies
 */
record MatchCandidate(
        ProductCatalogue catalogue,
        PaymentState own,
        Terms terms,
        Optional<Product> product,
        Reversals reversals,
        ChargeKey key) {
    private static final Set<DiscrepancyKind> NAMES_NOTHING =
            EnumSet.of(DiscrepancyKind.NO_PRODUCT, DiscrepancyKind.UNKNOWN_PRODUCT);
    /** Gateways end a period at the end of a day, or some hours after its interval. */
    private static final Duration PERIOD_TOLERANCE = Duration.ofDays(1);

    /** One invoice of this key. */
    MatchCandidate invoice(InvoiceView view, JudgedProduct judged) {
        return new MatchCandidate(judged.catalogue(), own, terms, judged.product(), view.reversals(), view.key());
    }

    /** Its subscription to one product. */
    MatchCandidate of(JudgedProduct subscribed, ChargeKey part) {
        return new MatchCandidate(subscribed.catalogue(), own, terms, subscribed.product(), reversals, part);
    }

    /** A part of its money that is for one product of its lines. */
    private MatchCandidate of(InvoiceLines lines, Product bought, Reversals ofPart, ChargeKey part) {
        return new MatchCandidate(lines.catalogue(), own, terms, Optional.of(bought), ofPart, part);
    }

    /** A payment without an invoice. */
    MatchResult matchPayment(Charge charge) {
        return match(charge, charge.at(), Optional.empty());
    }

    MatchResult matchInvoice(InvoiceView view) {
        if (view.invoice().getStatus() == InvoiceStatus.FAILED) {
            return failedRenewal(view);
        }
        var lines = terms.lines(view);
        if (lines.isPresent()) {
            return view.isPaid() ? matchLines(view, lines.get()) : MatchResult.NOTHING;
        }
        // an invoice of nothing proves no payment; a trial is claimed by the subscription
        return view.tookMoney() ? match(view.charge(), view.from(), Optional.of(view.invoice())) : MatchResult.NOTHING;
    }

    /** Each product that the lines sell is claimed alone. */
    private MatchResult matchLines(InvoiceView view, InvoiceLines lines) {
        var sold = lines.sold();
        if (sold.isEmpty() && lines.sellsAny()) {
            return invoice(view, new JudgedProduct(lines.catalogue(), Optional.empty()))
                    .matchNothing(view, lines);
        }
        var shares = SoldShares.of(view, sold, lines.linesNotSold());
        var money = sold.stream()
                .map(each -> of(lines, each.product(), shares.reversals(each), shares.key(each))
                        .matchSold(view, each, shares, lines.mismatches(each, shares.key(each))))
                .reduce(MatchResult.NOTHING, MatchResult::and);
        var unknown = invoice(view, new JudgedProduct(lines.catalogue(), product))
                .open(shares.chargeNotSold(), lines.notSold().stream().toList());
        return lines.credited().entrySet().stream()
                .map(credit -> invoice(view, JudgedProduct.known(lines.catalogue(), credit.getKey()))
                        .credited(view, credit.getValue()))
                .reduce(money.and(unknown), MatchResult::and);
    }

    /** No line names a product of the catalogue. */
    private MatchResult matchNothing(InvoiceView view, InvoiceLines lines) {
        var disqualified = disqualification()
                .map(mismatch -> product.isEmpty() && NAMES_NOTHING.contains(mismatch.kind())
                        ? lines.notSold().orElse(mismatch)
                        : mismatch);
        return open(view.charge(), disqualified.stream().toList());
    }

    private MatchResult matchSold(InvoiceView view, SoldLines sold, SoldShares shares, List<Mismatch> mismatches) {
        return match(
                shares.charge(sold),
                sold.from().orElseGet(view::from),
                sold.until().or(() -> Optional.ofNullable(view.invoice().getUntil())),
                Optional.of(view.invoice()),
                bought -> shares.status(sold, bought.keepsAbove()),
                shares.refunded(sold),
                shares.portion(sold),
                mismatches);
    }

    /** The gateway credited time as unused: what paid for it ends when that time starts. */
    private MatchResult credited(InvoiceView view, InvoiceLine credit) {
        if (disqualification().isPresent() || product.orElseThrow().kind() != Kind.SUBSCRIPTION) {
            return MatchResult.NOTHING;
        }
        var from = Objects.requireNonNull(credit.getFrom());
        var claim = claim(ClaimKind.PERIOD, ClaimStatus.CREDITED, from);
        return MatchResult.claim(claim.setClaimKey(ClaimKey.credited(claim.getClaimKey(), claim.getProduct()))
                .setSubscription(view.invoice().getSubscription())
                .setInvoice(view.invoice().getId())
                .setFrom(from)
                .setUntil(credit.getUntil()));
    }

    private MatchResult match(Charge charge, Instant from, Optional<Invoice> invoice) {
        return match(
                charge,
                from,
                invoice.map(Invoice::getUntil).filter(until -> isPaidFor(from, until)),
                invoice,
                bought -> charge.paid() > 0
                        ? reversals.status(charge.paid(), charge.currency(), bought.keepsAbove())
                        : charge.status(),
                reversals.refunded().getOrDefault(charge.currency(), 0L),
                Portion.WHOLE,
                product.map(bought -> terms.mismatches(charge, bought)).orElse(List.of()));
    }

    /** Where a payer can write the times of a subscription, an amount pays for no more than the interval of its product. */
    private boolean isPaidFor(Instant from, Instant until) {
        return !own.getPayerWords().contains(PayerWord.TRIAL)
                || product.map(bought -> bought.periodEnd(from).plus(PERIOD_TOLERANCE))
                        .filter(until::isAfter)
                        .isEmpty();
    }

    private MatchResult match(
            Charge charge,
            Instant from,
            Optional<Instant> until,
            Optional<Invoice> invoice,
            Function<Product, ClaimStatus> status,
            long refunded,
            Portion portion,
            List<Mismatch> mismatches) {
        var disqualified = disqualification();
        if (disqualified.isPresent()) {
            return open(charge, disqualified.stream().toList());
        }
        var bought = product.orElseThrow();
        var discrepancies = open(charge, mismatches);
        if (!mismatches.stream().allMatch(this::grants)) {
            return discrepancies;
        }
        var kind = bought.kind() == Kind.ONCE ? ClaimKind.ONCE : ClaimKind.PERIOD;
        var claim = claim(kind, status.apply(bought), from)
                .setInvoice(invoice.map(Invoice::getId).orElse(null))
                .setFrom(from)
                .setDiscrepancy(
                        mismatches.stream().findFirst().map(Mismatch::kind).orElse(null))
                .setAmount(charge.paid())
                .setCurrency(charge.currency())
                .setRefunded(refunded)
                .setImported(invoice.map(MatchCandidate::isImported).orElse(false));
        if (bought.kind() == Kind.SUBSCRIPTION) {
            claim.setSubscription(charge.subscription().map(Object::toString).orElse(null))
                    .setUntil(until.orElseGet(() -> bought.periodEnd(from)))
                    .setUntilCalculated(until.isEmpty());
        }
        return discrepancies.and(MatchResult.claim(claim, portion));
    }

    private static boolean isImported(Invoice invoice) {
        var breakdown = invoice.getBreakdown();
        return breakdown != null && breakdown.getReason() == InvoiceReason.IMPORTED;
    }

    /** Whether money grants in spite of this: by the policy, or because a person accepted it. */
    boolean grants(Mismatch mismatch) {
        return catalogue.policy().grants(mismatch.kind()) || terms.accepts(mismatch);
    }

    /** A renewal that failed claims no access; it is the reason for the grace period of each product that its lines sell. */
    private MatchResult failedRenewal(InvoiceView view) {
        var lines = terms.lines(view);
        var sold = lines.map(InvoiceLines::sold).orElse(List.of());
        if (sold.isEmpty()) {
            return failedRenewal(view, view.from());
        }
        var shares = SoldShares.of(view, sold, List.of());
        return sold.stream()
                .map(each -> of(lines.orElseThrow(), each.product(), reversals, shares.key(each))
                        .failedRenewal(view, each.from().orElseGet(view::from)))
                .reduce(MatchResult.NOTHING, MatchResult::and);
    }

    private MatchResult failedRenewal(InvoiceView view, Instant from) {
        var invoice = view.invoice();
        if (invoice.getSubscription() == null || disqualification().isPresent()) {
            return MatchResult.NOTHING;
        }
        return MatchResult.claim(claim(ClaimKind.PERIOD, ClaimStatus.FAILED, invoice.getAt())
                .setSubscription(invoice.getSubscription())
                .setFrom(from));
    }

    /** Refunded money cannot be a mismatch. */
    private MatchResult open(Charge charge, List<Mismatch> mismatches) {
        return charge.isReversed()
                ? MatchResult.NOTHING
                : mismatches.stream().map(this::discrepancy).reduce(MatchResult.NOTHING, MatchResult::and);
    }

    MatchResult discrepancy(Mismatch mismatch) {
        return MatchResult.discrepancy(
                new OpenDiscrepancy(mismatch, Optional.of(key.payment()), terms.references(), catalogue.version()));
    }

    /** What must hold before anything is claimed, amounts apart: the same for all invoices of the key. */
    Optional<Mismatch> disqualification() {
        if (catalogue.live() && !own.getLive()) {
            return wholeKey(DiscrepancyKind.WRONG_MODE, "live money", "test money");
        }
        return terms.disqualification().or(this::missingReference);
    }

    private Optional<Mismatch> missingReference() {
        var references = terms.references();
        if (references.subject().isEmpty()) {
            return wholeKey(DiscrepancyKind.NO_SUBJECT, "a subject among the references", "none");
        }
        if (product.isEmpty()) {
            return wholeKey(
                    references.product().isPresent() ? DiscrepancyKind.UNKNOWN_PRODUCT : DiscrepancyKind.NO_PRODUCT,
                    "a product of the catalogue",
                    references.product().orElse("none"));
        }
        return product.get().scoped() && references.reference().isEmpty()
                ? wholeKey(DiscrepancyKind.NO_SCOPE, "a reference to what it is for", "none")
                : Optional.empty();
    }

    private Optional<Mismatch> wholeKey(DiscrepancyKind kind, String expected, String actual) {
        return Optional.of(Mismatch.ofCharge(kind, ChargeKey.whole(key.payment()), expected, actual));
    }

    /** A claim to its product. */
    Claim.Builder claim(ClaimKind kind, ClaimStatus status, Instant otherwiseAt) {
        var bought = product.orElseThrow();
        var references = terms.references();
        var ofSubscription = Optional.of(bought.entitlement()).filter(any -> kind == ClaimKind.SUBSCRIPTION);
        return Claim.newBuilder()
                .setClaimKey(new ClaimKey(key, ofSubscription, references.order()).toString())
                .setPaymentKey(own.getPaymentKey())
                .setSubject(references.subject().orElseThrow().value())
                .setEntitlement(bought.entitlement())
                .setScope(bought.scoped() ? references.reference().orElseThrow() : null)
                .setProduct(bought.name())
                .setKind(kind)
                .setStatus(status)
                .setAt(reversals.since(status).orElse(otherwiseAt))
                .setOrder(references.order().map(OrderId::value).orElse(null))
                .setTest(!own.getLive())
                .setPolicyVersion(catalogue.version());
    }
}
