package ipn.gateway.adyen;

import ipn.gateway.AccountId;
import ipn.gateway.References;
import java.util.Set;

/**
 * What the settings say about an account, beside its secrets.
 *
 * @param merchantAccounts whose money is ours
 * @param referenceIsUnique each payment has a {@code merchantReference} of its own, so that it can stand for the payment
 * @param words under which names the merchant's words stand in {@code additionalData}
 */
record AdyenAccountSettings(
        AccountId account, Set<String> merchantAccounts, Capture capture, boolean referenceIsUnique, References words) {
    AdyenAccountSettings {
        merchantAccounts = Set.copyOf(merchantAccounts);
    }
}
