package ipn.gateway.paddle;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.References;
import ipn.gateway.Retries;
import ipn.gateway.Word;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignedJsonAccount;
import ipn.settings.Settings;
import java.time.Duration;
import java.util.Set;

/**
 * Paddle Billing. Settings of an account: {@code secrets} (the secret keys of the notification destination, {@code
 * pdl_ntfset_...}) and {@code tolerance} (the largest accepted difference between the signed time and our clock).
 */
public final class PaddleGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "paddle";

    /** The time within which Paddle expects an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The tolerance of Paddle's own libraries. With a smaller one, a small clock difference would lose payments. */
    private static final Duration TOLERANCE_MIN = Duration.ofSeconds(5);

    /**
     * The tolerance is also the time in which a captured delivery can be replayed. The event id makes a replay
     * harmless.
     */
    private static final Duration TOLERANCE_MAX = Duration.ofMinutes(10);

    @Override
    public String name() {
        return NAME;
    }

    /** Paddle's documentation of notifications: 60 times within three days, in the sandbox three times within 15 minutes. */
    @Override
    public Retries retries() {
        return new Retries(Duration.ofHours(72), Duration.ofMinutes(15), Retries.Source.DOCUMENTED, "");
    }

    /** Paddle.js accepts {@code custom_data} from the payer's browser; prices are the merchant's. */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE);
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var keys = settings
                .secretsBeginning(
                        PaddleSignature.SECRET_PREFIX,
                        "the secret key of a notification destination, pdl_ntfset_..., not an API key")
                .stream()
                .map(PaddleSignature::key)
                .toList();
        var translator = new PaddleTranslator(settings.id(), new References(settings.references()));
        return new SignedJsonAccount(
                settings.id(),
                PATIENCE,
                Set.of(PaddleSignature.HEADER),
                new SignatureAuthenticator(keys, tolerance(settings.settings()), PaddleSignature::signatureInput),
                delivery -> PaddleKeys.item(delivery.body(), settings.id()),
                translator::translate);
    }

    private static Duration tolerance(Settings settings) {
        var tolerance = settings.duration("tolerance", SignatureAuthenticator.USUAL_TOLERANCE, TOLERANCE_MAX);
        if (tolerance.compareTo(TOLERANCE_MIN) < 0) {
            settings.problems()
                    .add(
                            settings.full("tolerance"),
                            tolerance.toString(),
                            "a duration from %s to %s".formatted(TOLERANCE_MIN, TOLERANCE_MAX));
        }
        return tolerance;
    }
}
