package ipn.gateway.paypalipn;

import ipn.gateway.AccountSettings;
import ipn.gateway.Receiver;
import ipn.gateway.ReceiverSetting;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The accepted receivers of money. PayPal verifies every message that it sent, including messages about other accounts;
 * the receiver binds a message to this account.
 *
 * @param ours e-mail addresses in lower case, and merchant ids
 */
record Receivers(Receiver ours) {
    private static final List<String> FIELDS = List.of("receiver_email", "business", "receiver_id");

    private static final ReceiverSetting RECEIVER = new ReceiverSetting(
                    "receiver",
                    "[!-~]{1,127}",
                    "the e-mail address or merchant id that receives the money",
                    "at PayPal under Account settings, Business information")
            .inEveryMode()
            .exactly();

    static Receivers from(AccountSettings account) {
        return new Receivers(account.receiver(RECEIVER).spelled(Receivers::comparable));
    }

    /** Whether a message that is not verified yet names an accepted receiver. */
    boolean includesReceiverOf(IpnEnvelope message) {
        return isOurs(field -> Optional.ofNullable(message.variables().get(field)));
    }

    private boolean isOurs(Function<String, Optional<String>> message) {
        return FIELDS.stream()
                .flatMap(field -> message.apply(field).stream())
                .map(Receivers::comparable)
                .anyMatch(ours::accepts);
    }

    void check(IpnMessage message) {
        if (!isOurs(message::text)) {
            throw ours.refusal(String.join(", ", FIELDS));
        }
    }

    private static String comparable(String receiver) {
        var name = receiver.strip();
        return name.contains("@") ? name.toLowerCase(Locale.ROOT) : name;
    }
}
