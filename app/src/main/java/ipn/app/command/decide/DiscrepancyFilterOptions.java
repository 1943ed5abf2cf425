package ipn.app.command.decide;

import ipn.app.UserException;
import ipn.app.output.Amount;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DiscrepancyState;
import ipn.operations.decision.DiscrepancyFilter;
import ipn.operations.decision.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which discrepancies to list. */
final class DiscrepancyFilterOptions {
    @Option(names = "--kind", paramLabel = "KIND", description = "Only of this kind, such as UNDERPAID.")
    @Nullable
    private String kind;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description = "Only of this gateway or account, such as stripe or stripe/main.")
    @Nullable
    private String account;

    @Option(names = "--user", paramLabel = "SUBJECT", description = "Only of this user.")
    @Nullable
    private String user;

    @Option(names = "--order", paramLabel = "ID", description = "Only of this order.")
    @Nullable
    private String order;

    @Option(names = "--payment", paramLabel = "KEY", description = "Only of this payment.")
    @Nullable
    private String payment;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description = "Only those that have not changed for so long, such as P7D.")
    @Nullable
    private String olderThan;

    @Option(
            names = "--min-amount",
            paramLabel = "DECIMAL",
            description = "Only those whose payment took at least so much, such as 8.00. Requires --currency.")
    @Nullable
    private String minAmount;

    @Option(names = "--currency", paramLabel = "CODE", description = "Currency of --min-amount, such as USD.")
    @Nullable
    private String currency;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            defaultValue = "open",
            description = "Only open or closed ones, or all. Default: open.")
    private String state = "open";

    /** @throws UserException if --min-amount has no currency, or the reverse */
    DiscrepancyFilter filter(Instant now) {
        if ((minAmount == null) != (currency == null)) {
            throw UserException.usage("--min-amount and --currency: one without the other (expected: both or neither)");
        }
        return new DiscrepancyFilter(
                Optional.ofNullable(kind).map(DiscrepancyKind::valueOf),
                Optional.ofNullable(account),
                Optional.ofNullable(user),
                Optional.ofNullable(order),
                Optional.ofNullable(payment),
                Optional.ofNullable(olderThan).map(Duration::parse).map(now::minus),
                Optional.ofNullable(minAmount).map(this::money),
                state.equals("all")
                        ? Optional.empty()
                        : Optional.of(DiscrepancyState.valueOf(state.toUpperCase(Locale.ROOT))));
    }

    private Money money(String decimal) {
        var code = String.valueOf(currency);
        return new Money(Amount.minorUnits(new BigDecimal(decimal), code), code);
    }
}
