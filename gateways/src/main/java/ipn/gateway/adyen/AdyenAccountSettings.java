package ipn.gateway.adyen;

import ipn.gateway.AccountId;
import ipn.gateway.Receiver;
import ipn.gateway.References;

/**
 * The settings of an account, except its secrets.
 *
 * @param merchantAccounts merchant accounts whose events are accepted
 * @param referenceIsUnique each payment has a {@code merchantReference} of its own, so that it can identify the payment
 * @param words the names of the merchant's references in {@code additionalData}
 */
record AdyenAccountSettings(
        AccountId account, Receiver merchantAccounts, Capture capture, boolean referenceIsUnique, References words) {}
