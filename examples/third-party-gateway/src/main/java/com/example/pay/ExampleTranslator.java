package com.example.pay;

import ipn.fact.Fact;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import ipn.gateway.Translation;
import ipn.gateway.content.Amounts;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says what an event means. */
record ExampleTranslator(AccountId account, References references) {
    private static final Amounts AMOUNTS = new Amounts(Map.of());
    private static final Map<String, RefundStatus> REFUNDS =
            Map.of("pending", RefundStatus.PENDING, "done", RefundStatus.SUCCEEDED, "failed", RefundStatus.FAILED);
    private static final Map<String, Function<JsonField, EventContent>> READERS =
            Map.of("payment.captured", ExampleTranslator::captured, "refund.updated", ExampleTranslator::refund);

    Translation translate(Delivery delivery) {
        return Translation.orRefused(
                () -> translate(StrictJson.read(delivery.body()), new Times(delivery.receivedAt())));
    }

    private Translation translate(JsonField event, Times times) {
        var type = event.at("type").required().code();
        if (type.isEmpty()) {
            throw new RefusedException(Reason.MALFORMED, "/type: not an event type");
        }
        var reader = READERS.get(type);
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        var unused = event.at("id").required().id();
        if (event.at("live").required().flag() != account.live()) {
            throw new RefusedException(Reason.WRONG_MODE, "/live: not the mode of the account");
        }
        var occurredAt = times.occurred(Times.seconds(event.at("at")), "/at");
        return reader.apply(event)
                .and(references.in(List.of(event.at("payment").at("metadata"))))
                .translation(type, occurredAt);
    }

    private static EventContent captured(JsonField event) {
        var payment = event.at("payment");
        var amount = money(payment);
        return EventContent.of(0, amount, new Fact.Captured(id(payment), amount, Optional.empty()));
    }

    private static EventContent refund(JsonField event) {
        var refund = event.at("refund");
        var unused = id(event.at("payment"));
        var status = REFUNDS.get(refund.at("status").required().code());
        if (status == null) {
            throw new RefusedException(Reason.MALFORMED, "/refund/status: unknown");
        }
        var amount = money(refund);
        return EventContent.of(status.ordinal(), amount, new Fact.Refund(id(refund), amount, status));
    }

    private static String id(JsonField object) {
        return object.at("id").required().id().orElseThrow();
    }

    private static Money money(JsonField object) {
        var amount = object.at("amount");
        return AMOUNTS.ofUnits(
                amount.number(Reason.INVALID_AMOUNT),
                object.at("currency").required().code(),
                amount.pointer());
    }
}
