package ipn.gateway.paypalipn;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Values of {@code payment_status}, in the order in which a transaction can have them. The order ranks two messages of
 * the same second.
 */
enum PaymentStatus {
    CREATED,
    IN_PROGRESS,
    PENDING,
    DENIED,
    FAILED,
    VOIDED,
    EXPIRED,
    CANCELED,
    PROCESSED,
    COMPLETED,
    PARTIALLY_REFUNDED,
    REFUNDED,
    REVERSED,
    CANCELED_REVERSAL;

    private static final Map<String, PaymentStatus> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    static Optional<PaymentStatus> of(String wire) {
        // PayPal's pages write Canceled_Reversal and In-Progress
        return Optional.ofNullable(BY_NAME.get(wire.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
}
