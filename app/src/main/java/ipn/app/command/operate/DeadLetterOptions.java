package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.app.command.TimeOption;
import ipn.operations.deadletter.DeadLetterCriteria;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.DeadLetterTranslation;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that select dead letters. */
final class DeadLetterOptions {
    @Option(
            names = "--reason",
            paramLabel = "CODE",
            description = "Select dead letters with this reason code, such as MALFORMED.")
    @Nullable
    private String reason;

    @Option(
            names = "--account",
            paramLabel = "ACCOUNT",
            description =
                    "Select dead letters of this merchant account, such as stripe/main, or of all accounts of a gateway, such as stripe.")
    @Nullable
    private String account;

    @Option(
            names = "--since",
            paramLabel = "WHEN",
            description =
                    "Select dead letters that failed, or failed again after a replay, at this time or later: a time such as 2026-09-01T00:00:00Z, a day (UTC) such as 2026-09-01, or a duration before now such as P7D.")
    @Nullable
    private String since;

    @Option(
            names = "--gateway",
            paramLabel = "NAME",
            description = "Select dead letters of all accounts of this gateway, such as stripe.")
    @Nullable
    private String gateway;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "Select dead letters whose newest failure was before this time; written as --since.")
    @Nullable
    private String until;

    @Option(
            names = "--fingerprint",
            paramLabel = "ID",
            description = "Select dead letters with this cause, see 'ipn dlq'.")
    @Nullable
    private String fingerprint;

    @Option(
            names = "--event-type",
            paramLabel = "NAME",
            description = "Select events of this type of the gateway, such as invoice.paid.")
    @Nullable
    private String eventType;

    @Option(names = "--payment", paramLabel = "KEY", description = "Select dead letters of this payment key.")
    @Nullable
    private String payment;

    @Option(
            names = "--user",
            paramLabel = "SUBJECT",
            description = "Select dead letters about this user: those whose translation, key or body contains the id.")
    @Nullable
    private String user;

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            description = "Select dead letters of this stage, such as processor or projector.")
    @Nullable
    private String stage;

    @Option(names = "--attempts", paramLabel = "N", description = "Select dead letters that failed at least N times.")
    @Nullable
    private Integer attempts;

    @Option(
            names = "--text",
            paramLabel = "PART",
            description = "Select dead letters whose key, body or message contains this text, whatever its case.")
    @Nullable
    private String text;

    boolean empty() {
        return Stream.of(
                        reason,
                        account,
                        since,
                        gateway,
                        until,
                        fingerprint,
                        eventType,
                        payment,
                        user,
                        stage,
                        attempts,
                        text)
                .allMatch(Objects::isNull);
    }

    /** @param translation reads users, if one is selected */
    DeadLetterFilter filter(DeadLetterFilter base, Supplier<DeadLetterTranslation> translation) {
        if (gateway != null && account != null) {
            throw UserException.usage("--gateway: " + gateway + " (expected: either --gateway or --account)");
        }
        var now = Clock.systemUTC().instant();
        var filter = base.with(criteria(now, translation));
        if (reason != null) {
            filter = filter.withReason(reason);
        }
        if (gateway != null || account != null) {
            filter = filter.withAccount(account == null ? Objects.requireNonNull(gateway) : account);
        }
        return since == null ? filter : filter.withSince(TimeOption.start("--since", since, now));
    }

    private DeadLetterCriteria criteria(Instant now, Supplier<DeadLetterTranslation> translation) {
        return new DeadLetterCriteria(
                Optional.ofNullable(until).map(end -> TimeOption.start("--until", end, now)),
                Optional.ofNullable(fingerprint),
                Optional.ofNullable(eventType),
                Optional.ofNullable(payment),
                Optional.ofNullable(stage),
                attempts == null ? OptionalInt.empty() : OptionalInt.of(attempts),
                Optional.ofNullable(text),
                Optional.ofNullable(user).map(subject -> new DeadLetterCriteria.User(subject, translation.get())));
    }
}
