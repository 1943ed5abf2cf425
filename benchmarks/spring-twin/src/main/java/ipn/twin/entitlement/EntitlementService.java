package ipn.twin.entitlement;

import ipn.twin.TwinSettings;
import ipn.twin.gateway.PaymentFacts;
import ipn.twin.outbox.Outbox;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Applies events to payments and entitlements. */
@Service
public class EntitlementService {
    private final PaymentTables payments;
    private final EntitlementTable entitlements;
    private final Outbox outbox;
    private final AccessRules rules;

    public EntitlementService(
            PaymentTables payments, EntitlementTable entitlements, Outbox outbox, TwinSettings settings) {
        this.payments = payments;
        this.entitlements = entitlements;
        this.outbox = outbox;
        this.rules = new AccessRules(settings.products());
    }

    /** Applies events that were not applied before, and stores the changes of entitlements in the outbox, all in one transaction. */
    @Transactional
    public void apply(List<PaymentEvent> events) {
        var received = payments.insertEvents(
                events.stream().map(PaymentEvent::eventKey).collect(Collectors.toSet()));
        var facts = new HashMap<String, PaymentFacts>();
        var lastEvent = new HashMap<String, String>();
        for (var event : events) {
            if (received.contains(event.eventKey()) && !event.facts().equals(PaymentFacts.NONE)) {
                facts.merge(event.paymentKey(), event.facts(), PaymentFacts::merge);
                lastEvent.put(event.paymentKey(), event.eventKey());
            }
        }
        if (!facts.isEmpty()) {
            payments.insertRefunds(facts);
            derive(payments.merge(facts), lastEvent);
        }
    }

    /** @param entitlementKeys by payment */
    private void derive(Map<String, String> entitlementKeys, Map<String, String> lastEvent) {
        if (entitlementKeys.isEmpty()) {
            return;
        }
        var keys = new HashSet<>(entitlementKeys.values());
        // locked before the payments are read: another transaction then sees the payments of this one, or this one
        // those of the other
        var stored = entitlements.lock(keys);
        var paid = payments.payments(keys);
        var causes = new HashMap<String, String>();
        entitlementKeys.forEach((payment, key) -> causes.put(key, lastEvent.getOrDefault(payment, "")));
        var changes = new ArrayList<EntitlementChange>();
        stored.forEach((key, before) -> {
            var access = rules.access(paid.getOrDefault(key, List.of()));
            if (!access.equals(before.access())) {
                changes.add(new EntitlementChange(
                        key,
                        EntitlementKeys.subject(key),
                        access,
                        before.revision() + 1,
                        causes.getOrDefault(key, "")));
            }
        });
        if (!changes.isEmpty()) {
            entitlements.update(changes);
            outbox.add(changes);
        }
    }
}
