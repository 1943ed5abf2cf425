package ipn.projector.allocation;

import ipn.avro.Invoice;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The time whose version of the catalogue judges what is no charge. By the gateway's clock, and the same in any order of arrival. */
final class JudgedAt {
    private JudgedAt() {}

    /** A payment key as a whole: when money was first captured, else when its subscription or its first invoice began. */
    static Instant whole(PaymentState own, CombinedPayments combined) {
        return combined.capturedAt().or(() -> began(own)).orElse(Instant.MAX);
    }

    /** A subscription: when it began, as early as is known. What it was sold as holds for it, whatever is reported of it later. */
    static Instant subscription(PaymentState own, Subscription subscription) {
        return began(own).orElse(subscription.getAt());
    }

    private static Optional<Instant> began(PaymentState own) {
        var invoices = own.getInvoices().stream().flatMap(invoice -> Stream.of(invoice.getAt(), start(invoice)));
        var subscription = own.getSubscription();
        var subscribed = subscription == null
                ? Stream.<Instant>of()
                : Stream.concat(Stream.of(subscription.getAt()), Stream.ofNullable(subscription.getFirstAt()));
        return Stream.of(Stream.ofNullable(own.getCapturedAt()), subscribed, invoices)
                .flatMap(times -> times)
                .min(Comparator.naturalOrder());
    }

    private static Instant start(Invoice invoice) {
        return Objects.requireNonNullElse(invoice.getFrom(), invoice.getAt());
    }
}
