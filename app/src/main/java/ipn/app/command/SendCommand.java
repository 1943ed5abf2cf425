package ipn.app.command;

import ipn.app.ExitCode;
import ipn.app.SettingsSource;
import ipn.app.UserException;
import ipn.app.output.Table;
import ipn.app.simulator.Fault;
import ipn.app.simulator.Outgoing;
import ipn.app.simulator.Post;
import ipn.app.simulator.Senders;
import ipn.app.simulator.SimulatedGateway;
import ipn.app.simulator.Simulator;
import ipn.gateway.Accounts;
import ipn.gateway.Item;
import ipn.ingress.IngressConfig;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a notification as a gateway would. */
@Command(
        name = "send",
        description = "Sends a notification as that gateway would, signed with the account's test secret.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn send stripe invoice.paid --subject u_42",
            "  ipn send paypal-ipn web_accept --reference post_7 --redeliver 3",
            "  ipn send standard-webhooks payment.succeeded --reference post_7 --forge",
            "  ipn send stripe list        (names of the events)"
        })
final class SendCommand implements Callable<Integer> {
    private static final int REDELIVER_MAX = 10_000;

    private final Session session;

    @Parameters(index = "0", paramLabel = "GATEWAY", description = "stripe, paypal-ipn or standard-webhooks.")
    private String gateway = "";

    @Parameters(index = "1", paramLabel = "EVENT", description = "Name of the event; 'list' shows them.")
    private String event = "";

    @Option(
            names = "--account",
            paramLabel = "NAME",
            defaultValue = "main",
            description = "The merchant account. Default: main.")
    private String account = "main";

    @Option(names = "--redeliver", paramLabel = "N", description = "Send it N more times. Default: 0.")
    private int redeliver;

    @Option(names = "--forge", description = "Sign it with a secret nobody configured.")
    private boolean forge;

    @Option(names = "--malformed", description = "Sign it well, and garble its body before.")
    private boolean malformed;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the ingress listens. Default: as configured, on loopback.")
    @Nullable
    private URI url;

    @Mixin
    private SampleOptions sample = new SampleOptions();

    SendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var simulated = simulated();
        if (event.equals("list")) {
            simulated.events().forEach(session.terminal()::say);
            return ExitCode.DONE;
        }
        if (!simulated.events().contains(event)) {
            throw UserException.usage(
                    "EVENT: %s (expected: one of %s)".formatted(event, String.join(", ", simulated.events())));
        }
        if (redeliver < 0 || redeliver > REDELIVER_MAX) {
            throw UserException.usage(
                    "--redeliver: %d (expected: a number from 0 to %d)".formatted(redeliver, REDELIVER_MAX));
        }
        return send(simulated);
    }

    private SimulatedGateway simulated() {
        return Simulator.gateways().stream()
                .filter(each -> each.name().equals(gateway))
                .findFirst()
                .orElseThrow(() -> UserException.usage(
                        "GATEWAY: %s (expected: one of %s)".formatted(gateway, String.join(", ", Senders.gateways()))));
    }

    private int send(SimulatedGateway simulated) {
        var source = session.settingsOrBuiltIn();
        var settings = source.read();
        var sender = Senders.of(settings, gateway, account);
        var accounts = Accounts.from(settings);
        var to = target(source);
        settings.problems().throwIfAny();
        var simulator = new Simulator(simulated, sender.orElseThrow());
        var fault = forge ? Fault.FORGED : malformed ? Fault.MALFORMED : Fault.NONE;
        var clock = Clock.systemUTC();
        var said = sample.sample(simulated, clock.instant());
        var results = new ArrayList<Sent>();
        for (var i = 0; i <= redeliver; i++) {
            var outgoing = simulator.notification(event, said, fault, clock.instant());
            results.add(post(to, outgoing, accounts));
        }
        session.show(results, () -> table(results));
        hint(results.get(0));
        return results.stream().allMatch(sent -> sent.status() < 300) ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private URI target(SettingsSource source) {
        if (url != null) {
            return url.resolve("/ipn/" + gateway + "/" + account);
        }
        var port = IngressConfig.from(source.read()).listen().port();
        return URI.create("http://127.0.0.1:%d/ipn/%s/%s".formatted(port, gateway, account));
    }

    /** One notification and its answer. */
    record Sent(String event, String eventKey, String paymentKey, int bytes, int status, long millis) {}

    private Sent post(URI to, Outgoing outgoing, Accounts accounts) {
        try {
            var item = item(outgoing, accounts);
            var answer = new Post().send(to, outgoing);
            return new Sent(
                    event,
                    item.eventKey(),
                    item.paymentKey(),
                    outgoing.body().size(),
                    answer.status(),
                    answer.took().toMillis());
        } catch (IOException e) {
            throw UserException.problem(
                    "%s: nobody answers (expected: an ingress; start one with ./ipn up)".formatted(to));
        }
    }

    private Item item(Outgoing outgoing, Accounts accounts) {
        var delivery = outgoing.received(Clock.systemUTC().instant());
        return accounts.find(gateway, account)
                .orElseThrow(() -> new IllegalStateException(gateway + "/" + account + ": not open"))
                .identify(delivery)
                .get(0);
    }

    private static Table table(List<Sent> results) {
        var table = new Table("event", "event key", "payment key", "bytes", "answer", "ms");
        results.forEach(sent -> table.row(
                sent.event(),
                sent.eventKey(),
                sent.paymentKey(),
                Integer.toString(sent.bytes()),
                Integer.toString(sent.status()),
                Long.toString(sent.millis())));
        return table;
    }

    private void hint(Sent sent) {
        if (sent.status() < 300) {
            session.terminal().complain("see what came of it: ./ipn payment show " + sent.paymentKey());
        }
    }
}
