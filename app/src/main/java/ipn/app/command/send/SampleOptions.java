package ipn.app.command.send;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import ipn.app.output.Amount;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.simulator.RandomTokens;
import ipn.simulator.Sample;
import ipn.simulator.SimulatedGateway;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options: the content of the simulated notifications. */
final class SampleOptions {
    @Option(
            names = "--id",
            paramLabel = "ID",
            description = "The gateway's id of the payment. Default: a new one at each run.")
    @Nullable
    private String id;

    @Option(
            names = "--invoice",
            paramLabel = "ID",
            description = "The gateway's id of the invoice. Default: a new one at each run.")
    @Nullable
    private String invoice;

    @Option(
            names = "--subscription",
            paramLabel = "ID",
            description = "The gateway's id of the subscription. Default: a new one at each run.")
    @Nullable
    private String subscription;

    @Option(
            names = "--event-id",
            paramLabel = "ID",
            description = "The gateway's id of the first event. Further events always get new ids. Default: a new id.")
    @Nullable
    private String eventId;

    @Option(
            names = "--order",
            paramLabel = "ID",
            description = "Id of the order that the payment names. Default: none.")
    @Nullable
    private String order;

    @Option(
            names = "--subject",
            paramLabel = "ID",
            defaultValue = "u_42",
            description = "Id of the user who receives the product. Default: ${DEFAULT-VALUE}.")
    private String subject = "u_42";

    @Option(
            names = "--product",
            paramLabel = "NAME",
            description =
                    "Name of the product that is paid for. Default: premium, or promoted-post if --reference is given.")
    @Nullable
    private String product;

    @Option(
            names = "--reference",
            paramLabel = "ID",
            description = "Id of what the product applies to, such as a post. Default: none.")
    @Nullable
    private String reference;

    @Option(
            names = "--amount",
            paramLabel = "DECIMAL",
            description = "Amount paid, such as 8.00. Default: 8.00, or 25.00 if --reference is given.")
    @Nullable
    private BigDecimal amount;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "USD",
            description = "ISO 4217 code of the currency. Default: ${DEFAULT-VALUE}.")
    private String currency = "USD";

    @Option(
            names = "--occurred-at",
            paramLabel = "TIME",
            description = "Time of the first event by the gateway's clock, such as 2026-09-01T12:00:00Z. Default: now.")
    @Nullable
    private String occurredAt;

    /** One sample per event of one payment, each a second after the one before. */
    List<Sample> samples(SimulatedGateway gateway, int events, Instant now) {
        var first = gateway.ids(RandomTokens.fresh())
                .withEvent(Optional.ofNullable(eventId))
                .withPayment(Optional.ofNullable(id))
                .withInvoice(Optional.ofNullable(invoice))
                .withSubscription(Optional.ofNullable(subscription));
        var startTime = occurredAt == null ? now : TimeOption.time("--occurred-at", occurredAt);
        return IntStream.range(0, events)
                .mapToObj(i -> new Sample(
                        i == 0
                                ? first
                                : first.withEvent(Optional.of(
                                        gateway.ids(RandomTokens.fresh()).event())),
                        references(),
                        money(),
                        startTime.plusSeconds(i)))
                .toList();
    }

    private EnumMap<ReferenceName, String> references() {
        var references = new EnumMap<ReferenceName, String>(ReferenceName.class);
        references.put(ReferenceName.SUBJECT, subject);
        references.put(
                ReferenceName.PRODUCT, product != null ? product : reference == null ? "premium" : "promoted-post");
        if (order != null) {
            references.put(ReferenceName.ORDER, order);
        }
        if (reference != null) {
            references.put(ReferenceName.REFERENCE, reference);
        }
        return references;
    }

    private Money money() {
        var code = currency.toUpperCase(Locale.ROOT);
        var decimal = amount != null ? amount : new BigDecimal(reference == null ? "8.00" : "25.00");
        try {
            return new Money(Amount.minorUnits(decimal, code), code);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw UserException.usage(
                    "--amount, --currency: %s %s (expected: an amount such as 8.00 and an ISO 4217 code)"
                            .formatted(decimal.toPlainString(), code));
        }
    }
}
