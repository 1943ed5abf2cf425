package ipn.processor;

import ipn.avro.FactRow;
import ipn.avro.RefundedLine;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.fact.Version;
import ipn.processor.payment.FactKey;
import ipn.processor.payment.VersionedFact;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Facts as flat rows and back. What a kind does not use is null, so that a new kind is a compatible change. */
final class FactRows {
    private FactRows() {}

    static FactRow row(FactKey key, VersionedFact known) {
        var row = FactRow.newBuilder()
                .setKind(key.kind())
                .setId(key.id())
                .setOccurredAt(known.version().occurredAt())
                .setSequence(known.version().sequence())
                .setEventKey(known.version().eventKey())
                .setFirstAt(known.firstAt());
        fill(row, known.fact());
        return row.build();
    }

    private static void fill(FactRow.Builder row, Fact fact) {
        if (fact instanceof Fact.Authorized authorized) {
            money(row, authorized.amount());
        } else if (fact instanceof Fact.Captured captured) {
            money(row, captured.amount());
            captured.fee()
                    .ifPresent(fee -> row.setSecondAmount(fee.minorUnits()).setText(fee.currency()));
        } else if (fact instanceof Fact.Refund refund) {
            refund.amount().ifPresent(amount -> money(row, amount));
            row.setStatus(refund.status().name());
        } else if (fact instanceof Fact.RefundLines refund) {
            row.setRefundedLines(refund.lines().stream()
                    .map(line -> new RefundedLine(line.sku(), line.amount(), null))
                    .toList());
        } else if (fact instanceof Fact.RefundTotal total) {
            money(row, total.amount());
        } else if (fact instanceof Fact.Dispute dispute) {
            dispute.amount().ifPresent(amount -> money(row, amount));
            row.setStatus(dispute.status().name()).setText(dispute.reason());
            row.setYes(dispute.settledByRefund() ? true : null);
        } else if (fact instanceof Fact.DisputeFunds funds) {
            money(row, funds.amount()).setStatus(funds.movement().name());
        } else if (fact instanceof Fact.Attempt attempt) {
            row.setStatus(attempt.status().name()).setText(attempt.reason());
        } else if (fact instanceof Fact.FraudFlag flag) {
            row.setYes(flag.raised()).setText(flag.reason());
        } else if (fact instanceof Fact.Invoice invoice) {
            money(row, invoice.paid())
                    .setSecondAmount(invoice.due().minorUnits())
                    .setStatus(invoice.status().name());
            row.setTarget(invoice.subscription().orElse(null))
                    .setFrom(invoice.from().orElse(null))
                    .setUntil(invoice.until().orElse(null))
                    .setBreakdown(invoice.breakdown().map(Breakdowns::avro).orElse(null));
        } else if (fact instanceof Fact.Subscription subscription) {
            row.setStatus(subscription.status().name())
                    .setUntil(subscription.periodEnd().orElse(null));
            row.setTrialEnd(subscription.trialEnd().orElse(null))
                    .setCancelAt(subscription.cancelAt().orElse(null))
                    .setGraceUntil(subscription.graceUntil().orElse(null));
            row.setYes(subscription.cancelScheduled()).setItems(SubscriptionItems.avro(subscription.items()));
        } else if (fact instanceof Fact.Link link) {
            row.setStatus(link.kind().name()).setTarget(link.target());
        } else if (fact instanceof Fact.Reference reference) {
            row.setText(reference.value());
        }
    }

    static VersionedFact known(FactRow row) {
        return new VersionedFact(
                new Version(row.getOccurredAt(), row.getSequence(), row.getEventKey()), row.getFirstAt(), fact(row));
    }

    private static Fact fact(FactRow row) {
        var id = row.getId();
        return switch (row.getKind()) {
            case AUTHORIZED -> new Fact.Authorized(id, money(row));
            case CAPTURED -> new Fact.Captured(id, money(row), fee(row));
            case REFUND -> new Fact.Refund(id, optionalMoney(row), status(RefundStatus.class, row));
            case REFUND_LINES -> new Fact.RefundLines(id, refundLines(row));
            case REFUND_TOTAL -> new Fact.RefundTotal(id, money(row));
            case DISPUTE ->
                new Fact.Dispute(id, optionalMoney(row), status(DisputeStatus.class, row), text(row), yes(row));
            case DISPUTE_FUNDS -> new Fact.DisputeFunds(id, money(row), status(DisputeMovement.class, row));
            case ATTEMPT -> new Fact.Attempt(id, status(AttemptStatus.class, row), text(row));
            case FRAUD_FLAG -> new Fact.FraudFlag(id, yes(row), text(row));
            case INVOICE -> invoice(row);
            case SUBSCRIPTION -> subscription(row);
            case LINK -> new Fact.Link(status(LinkKind.class, row), Objects.requireNonNull(row.getTarget()));
            case REFERENCE -> new Fact.Reference(reference(id), text(row));
            case SKU -> new Fact.Sku(id);
            case UNKNOWN -> throw new IllegalStateException("fact row: of a kind that this version does not know");
        };
    }

    private static Fact.Invoice invoice(FactRow row) {
        var paid = money(row);
        var due = new Money(Objects.requireNonNull(row.getSecondAmount()), paid.currency());
        return new Fact.Invoice(
                row.getId(),
                status(InvoiceStatus.class, row),
                optional(row.getTarget()),
                due,
                paid,
                optional(row.getFrom()),
                optional(row.getUntil()),
                optional(row.getBreakdown()).map(Breakdowns::fact));
    }

    private static List<Fact.RefundLine> refundLines(FactRow row) {
        return Objects.requireNonNullElse(row.getRefundedLines(), List.<RefundedLine>of()).stream()
                .map(line -> new Fact.RefundLine(line.getSku(), line.getAmount()))
                .toList();
    }

    private static Fact.Subscription subscription(FactRow row) {
        return new Fact.Subscription(
                row.getId(),
                status(SubscriptionStatus.class, row),
                optional(row.getUntil()),
                optional(row.getTrialEnd()),
                yes(row),
                optional(row.getCancelAt()),
                optional(row.getGraceUntil()),
                SubscriptionItems.fact(row.getItems()));
    }

    private static ReferenceName reference(String key) {
        return Arrays.stream(ReferenceName.values())
                .filter(name -> name.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static FactRow.Builder money(FactRow.Builder row, Money money) {
        return row.setAmount(money.minorUnits()).setCurrency(money.currency());
    }

    private static Money money(FactRow row) {
        return optionalMoney(row).orElseThrow();
    }

    private static Optional<Money> optionalMoney(FactRow row) {
        var amount = row.getAmount();
        return amount == null
                ? Optional.empty()
                : Optional.of(new Money(amount, Objects.requireNonNull(row.getCurrency())));
    }

    private static Optional<Money> fee(FactRow row) {
        var fee = row.getSecondAmount();
        return fee == null ? Optional.empty() : Optional.of(new Money(fee, text(row)));
    }

    private static <E extends Enum<E>> E status(Class<E> type, FactRow row) {
        return Enum.valueOf(type, Objects.requireNonNull(row.getStatus()));
    }

    private static boolean yes(FactRow row) {
        return Boolean.TRUE.equals(row.getYes());
    }

    private static String text(FactRow row) {
        return Objects.requireNonNullElse(row.getText(), "");
    }

    private static <T> Optional<T> optional(@Nullable T value) {
        return Optional.ofNullable(value);
    }
}
