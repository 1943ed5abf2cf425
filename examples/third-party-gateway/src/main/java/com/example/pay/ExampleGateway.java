package com.example.pay;

import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.References;
import ipn.gateway.signature.SignatureAuthenticator;
import ipn.gateway.signature.SignatureKey;

/** Example Pay. Settings of an account: {@code secrets}. */
public final class ExampleGateway implements Gateway {
    /** In paths, settings and keys. */
    public static final String NAME = "example-pay";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public GatewayAccount open(AccountSettings settings) {
        var keys = settings.secrets().stream()
                .map(ExampleSignature::key)
                .map(SignatureKey.class::cast)
                .toList();
        return new ExampleAccount(
                settings.id(),
                new SignatureAuthenticator(
                        keys, SignatureAuthenticator.USUAL_TOLERANCE, ExampleSignature::signatureInput),
                new ExampleTranslator(settings.id(), new References(settings.references())));
    }
}
