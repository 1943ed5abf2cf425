package ipn.gateway.paypal;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Retries;
import ipn.gateway.Word;
import ipn.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * PayPal's REST webhooks. There is no shared secret: PayPal signs with its own key over text that includes the webhook
 * id, and the webhook id binds a notification to us. Settings of an account: {@code webhook-id} (one or several),
 * {@code merchant-id} (one or several; events of other merchants are refused), those of {@link ipn.http.HttpSettings}, {@code
 * intermediates} and, in mode test only, {@code roots} (certificates, see {@link CertificateRules}).
 */
public final class PayPalGateway implements Gateway {
    /** The gateway's name in paths, settings and keys. */
    public static final String NAME = "paypal";

    @Override
    public String name() {
        return NAME;
    }

    /** PayPal's documentation of webhooks: up to 25 times over three days. */
    @Override
    public Retries retries() {
        return Retries.of(Duration.ofHours(72), Retries.Source.DOCUMENTED);
    }

    /**
     * Browser code may create orders and subscriptions (PayPal JavaScript SDK), with {@code custom_id}, {@code invoice_id} and a plan
     * of its choice, and so the trial of a plan that was not made for the product in {@code custom_id}. The plan id itself is the merchant's.
     */
    @Override
    public Set<Word> payerWords() {
        return Set.of(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE, Word.TRIAL);
    }

    @Override
    public GatewayAccount open(AccountSettings account) {
        var rules = CertificateRules.from(account);
        return new PayPalAccount(
                account.id(),
                new PayPalSignature(
                        webhookIds(account.settings()),
                        rules,
                        new CertificateStore(rules, account),
                        new SeenTransmissions()),
                new PayPalTranslator(account.id(), Merchants.from(account), new Words(account.references())));
    }

    private static List<String> webhookIds(Settings settings) {
        var expected = "the webhook's id in PayPal's dashboard, such as 0FV983392A0531201, or a list";
        var ids = settings.list("webhook-id");
        if (ids.isEmpty()) {
            settings.problems().add(settings.full("webhook-id"), "missing", expected);
        }
        ids.stream()
                .filter(id -> !id.matches("[A-Z0-9]{12,32}"))
                .forEach(id -> settings.problems().add(settings.full("webhook-id"), id, expected));
        return ids;
    }
}
