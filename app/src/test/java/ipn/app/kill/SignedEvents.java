package ipn.app.kill;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.kill.Purchase.Sent;
import ipn.gateway.content.Bytes;
import ipn.settings.Settings;
import ipn.simulator.Fault;
import ipn.simulator.Ids;
import ipn.simulator.Sample;
import ipn.simulator.Senders;
import ipn.simulator.Simulator;
import java.time.Instant;
import java.util.Optional;

/** Signed notifications of one gateway's test account. */
final class SignedEvents {
    private final String gateway;
    private final Simulator simulator;
    private final Instant now;

    /** @param now when they are signed */
    SignedEvents(String gateway, Settings settings, Instant now) {
        this.gateway = gateway;
        this.simulator = new Simulator(
                Simulator.find(gateway).orElseThrow(),
                Senders.find(settings, gateway, "main").orElseThrow());
        this.now = now;
    }

    /** The ids of a purchase, and an event id for each mark. */
    Ids ids(int number, String mark) {
        var ids = simulator.gateway().ids("k" + number);
        return ids.withEvent(Optional.of(ids.event() + mark));
    }

    Sent sent(String event, Sample sample) {
        return new Sent(gateway, simulator.notification(event, sample, Fault.NONE, now));
    }

    /** With another text in its body, which must contain it. */
    Sent edited(String event, Sample sample, String text, String other) {
        var draft = simulator.gateway().draft(event, sample, simulator.sender());
        var body = new String(draft.body().array(), UTF_8);
        if (!body.contains(text)) {
            throw new IllegalStateException("body: %s (expected: contains %s)".formatted(body, text));
        }
        var edited = Bytes.wrap(body.replace(text, other).getBytes(UTF_8));
        return new Sent(gateway, simulator.gateway().sign(draft.withBody(edited), simulator.sender(), now));
    }
}
