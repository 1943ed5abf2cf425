package ipn.operations.imports;

import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.imported.ImportedSubscription.Period;
import ipn.imported.ImportedSubscription.Sold;
import ipn.imported.ImportedSubscription.Terms;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Apple: items of {@code lastTransactions} of Get All Subscription Statuses with decoded transaction and renewal information, or one object
 * or line of CSV with the fields of both.
 */
final class AppleLines implements ExportFormat.Lines {
    private static final String RENEWS_NOT = "0";

    @Override
    public String id(ExportLine line) {
        if (line.text("/signedTransactionInfo").isPresent()) {
            throw new LineException("signedTransactionInfo: signed (expected: its decoded payload as an object)");
        }
        return line.required("originalTransactionId", names("originalTransactionId"));
    }

    @Override
    public Terms terms(ExportLine line, ImportAccount names, Instant asOf) {
        var until = time(line, "expiresDate");
        var status = status(line, until, asOf);
        var grace = Optional.of(status)
                .filter(SubscriptionStatus.PAST_DUE::equals)
                .flatMap(late -> time(line, "gracePeriodExpiresDate"));
        var retried = code(line).equals("3") && status == SubscriptionStatus.PAST_DUE;
        var ends = retried
                || (status == SubscriptionStatus.ACTIVE || status == SubscriptionStatus.TRIALING)
                        && line.text(names("autoRenewStatus")).equals(Optional.of(RENEWS_NOT));
        return new Terms(
                status,
                List.of(new Sold(line.text(names("productId")).stream().toList(), line.count(names("quantity")))),
                line.text(names(names.appleSubject()))
                        .map(subject -> Map.of(ReferenceName.SUBJECT, subject))
                        .orElse(Map.of()),
                paid(line, status, until, asOf),
                grace.or(() -> until),
                status == SubscriptionStatus.TRIALING ? until : Optional.empty(),
                ends,
                ends ? until : Optional.empty(),
                grace,
                Optional.empty(),
                Optional.empty());
    }

    /** Apple revokes what it refunded. */
    private static Optional<Period> paid(
            ExportLine line, SubscriptionStatus status, Optional<Instant> until, Instant asOf) {
        return status == SubscriptionStatus.CANCELED
                ? Optional.empty()
                : new PaidPeriod(time(line, "originalPurchaseDate"), time(line, "purchaseDate"), until, asOf)
                        .ofPeriodThatWasPaid(status);
    }

    /** Without a grace period, access ends with the paid period while Apple retries billing. */
    private static SubscriptionStatus status(ExportLine line, Optional<Instant> until, Instant asOf) {
        return switch (code(line)) {
            case "1" -> isTrial(line) ? SubscriptionStatus.TRIALING : SubscriptionStatus.ACTIVE;
            case "2" -> SubscriptionStatus.EXPIRED;
            case "3" ->
                until.filter(asOf::isBefore).isPresent() ? SubscriptionStatus.PAST_DUE : SubscriptionStatus.UNPAID;
            case "4" -> SubscriptionStatus.PAST_DUE;
            case "5" -> SubscriptionStatus.CANCELED;
            default ->
                throw new LineException(
                        "status: unknown (expected: 1 active, 2 expired, 3 billing retry, 4 grace period or 5 revoked)");
        };
    }

    private static String code(ExportLine line) {
        return line.text("/status").orElseThrow(() -> new LineException("status: missing"));
    }

    private static boolean isTrial(ExportLine line) {
        return line.text(names("offerDiscountType"))
                        .filter("FREE_TRIAL"::equals)
                        .isPresent()
                || line.text(names("price")).filter("0"::equals).isPresent();
    }

    private static Optional<Instant> time(ExportLine line, String name) {
        return ExportTimes.time(line, names(name));
    }

    /** Where a field may be: of the line, of the transaction, of the renewal; in CSV with underscores. */
    private static String[] names(String name) {
        var snake = name.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        return Stream.of(
                        "/" + name,
                        "/signedTransactionInfo/" + name,
                        "/transactionInfo/" + name,
                        "/signedRenewalInfo/" + name,
                        "/renewalInfo/" + name,
                        "/" + snake)
                .toArray(String[]::new);
    }
}
