package ipn.app.command.query;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import ipn.app.output.Amount;
import ipn.avro.Order;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of an order. */
final class OrderOptions {
    @Option(
            names = "--subject",
            paramLabel = "ID",
            required = true,
            description = "Id of the user who receives the product.")
    private String subject = "";

    @Option(
            names = "--product",
            paramLabel = "NAME",
            required = true,
            description = "Name of the product, a key of section products of the settings.")
    private String product = "";

    @Option(
            names = "--reference",
            paramLabel = "ID",
            description = "Id of what the product applies to, such as a post.")
    @Nullable
    private String reference;

    @Option(
            names = "--amount",
            paramLabel = "DECIMAL",
            required = true,
            description = "Amount that is expected, such as 8.00; 0 for a subscription that starts without a payment.")
    private BigDecimal amount = BigDecimal.ZERO;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            defaultValue = "USD",
            description = "ISO 4217 code of the currency. Default: ${DEFAULT-VALUE}.")
    private String currency = "USD";

    @Option(
            names = "--account",
            paramLabel = "GATEWAY/ACCOUNT",
            description = "Merchant account that must receive the payment, such as stripe/main. Default: any.")
    @Nullable
    private String account;

    @Option(
            names = "--pay-by",
            paramLabel = "TIME",
            description =
                    "Deadline of the payment, such as 2026-09-01T12:00:00Z or, as a duration from now, PT30M. If the order is not paid by then, the discrepancy MISSING (the payment is missing) is reported; money that is taken later is LATE and, by default, grants nothing. Default: no deadline.")
    @Nullable
    private String payBy;

    /**
     * @param live whether live money pays it
     * @throws UserException if an option is wrong
     */
    Order order(String id, boolean live, Instant now) {
        var code = currency.toUpperCase(Locale.ROOT);
        return Order.newBuilder()
                .setOrderId(id)
                .setSubject(subject)
                .setProduct(product)
                .setReference(reference)
                .setAmount(minorUnits(code))
                .setCurrency(code)
                .setGatewayAccount(account)
                .setCreatedAt(now.truncatedTo(ChronoUnit.MILLIS))
                .setPayBy(payBy(now))
                .setLive(live)
                .build();
    }

    private long minorUnits(String code) {
        try {
            return Amount.minorUnits(amount, code);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw UserException.usage(
                    "--amount, --currency: %s %s (expected: an amount such as 8.00 and an ISO 4217 code)"
                            .formatted(amount.toPlainString(), code));
        }
    }

    private @Nullable Instant payBy(Instant now) {
        return payBy == null ? null : TimeOption.deadline("--pay-by", payBy, now);
    }
}
