package ipn.gateway.adyen;

import ipn.gateway.AccountId;
import ipn.gateway.References;
import java.util.Set;

/**
 * The settings of an account, except its secrets.
 *
 * @param merchantAccounts the merchant account codes that belong to this account
 * @param referenceIsUnique each payment has a {@code merchantReference} of its own, so that it can identify the payment
 * @param words the names of the merchant's references in {@code additionalData}
 */
record AdyenAccountSettings(
        AccountId account, Set<String> merchantAccounts, Capture capture, boolean referenceIsUnique, References words) {
    AdyenAccountSettings {
        merchantAccounts = Set.copyOf(merchantAccounts);
    }
}
