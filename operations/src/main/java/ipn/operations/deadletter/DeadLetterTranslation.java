package ipn.operations.deadletter;

import ipn.fact.Fact.Reference;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.Accounts;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Notification;
import ipn.gateway.StoredDelivery;
import ipn.gateway.Translation;
import ipn.gateway.content.Bytes;
import java.time.Instant;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Translates dead letters of raw records with the settings of the caller, to show what they are about. Checks no signature. */
public record DeadLetterTranslation(Accounts accounts) {

    /** What it is about; empty for a record that no gateway sent, or whose account is not configured. Total. */
    Optional<DeadLetterContent> read(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        var stored = stored(record);
        return stored.account(accounts).map(account -> read(stored, record, account));
    }

    private static DeadLetterContent read(
            StoredDelivery stored, ConsumerRecord<byte[], byte[]> record, GatewayAccount account) {
        try {
            var delivery =
                    stored.delivery(Bytes.wrap(record.value()), Instant.ofEpochMilli(Math.max(0, record.timestamp())));
            var items = account.identify(delivery);
            var index = stored.itemIndex().orElse(-1);
            if (index < 0 || index >= items.size()) {
                return DeadLetterContent.refused("no such item");
            }
            var translation = account.translate(delivery, items.get(index));
            if (translation instanceof Translation.Understood understood) {
                return content(understood.notification());
            }
            return translation instanceof Translation.Refused refused
                    ? DeadLetterContent.refused(refused.reason().name())
                    : new DeadLetterContent(null, null, null, null, null);
        } catch (RuntimeException | StackOverflowError bug) {
            return DeadLetterContent.refused("INTERNAL_ERROR");
        }
    }

    private static DeadLetterContent content(Notification notification) {
        return new DeadLetterContent(
                reference(notification, ReferenceName.SUBJECT),
                reference(notification, ReferenceName.ORDER),
                notification.amount().map(Money::minorUnits).orElse(null),
                notification.amount().map(Money::currency).orElse(null),
                null);
    }

    private static @Nullable String reference(Notification notification, ReferenceName name) {
        return notification.facts().stream()
                .filter(fact -> fact instanceof Reference reference && reference.name() == name)
                .map(fact -> ((Reference) fact).value())
                .findFirst()
                .orElse(null);
    }

    private static StoredDelivery stored(ConsumerRecord<byte[], byte[]> record) {
        var headers = new ArrayList<Map.Entry<String, byte @Nullable []>>();
        record.headers().forEach(header -> headers.add(new SimpleImmutableEntry<>(header.key(), header.value())));
        return new StoredDelivery(headers);
    }
}
