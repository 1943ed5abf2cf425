package ipn.app.command.send;

import ipn.app.ExitCode;
import ipn.app.RunningStack;
import ipn.app.SettingsSource;
import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.app.command.send.SendPlan.Planned;
import ipn.app.output.Table;
import ipn.gateway.Accounts;
import ipn.ingress.IngressConfig;
import ipn.simulator.DeliveryClient;
import ipn.simulator.Outgoing;
import ipn.simulator.Senders;
import ipn.simulator.SimulatedGateway;
import ipn.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends simulated notifications. */
@Command(
        name = "send",
        description = {
            "Sends simulated notifications of a gateway to the ingress. Without --forge and --tamper they are authentic: signed with the secret of the account in the settings. A gateway that does not sign is asked by the ingress to confirm each notification; the gateway stand-in of the embedded stack answers in its place.",
            "",
            "If several events are given, all are about one payment, and each occurs one second after the one before it."
        },
        exitCodeList = {
            "0:the ingress accepted all notifications",
            "1:the ingress refused a notification or did not answer, or a failure",
            ExitCode.WRONG_USAGE_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn send stripe invoice.paid --subject u_42",
            "  ipn send paypal-ipn web_accept --reference post_7 --redeliver 3",
            "  ipn send stripe payment_intent.succeeded refund.created --shuffle",
            "  ipn send standard-webhooks payment.succeeded --reference post_7 --forge",
            "  ipn send stripe list          (prints the names of its events)"
        })
public final class SendCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(
            index = "0",
            paramLabel = "GATEWAY",
            description = "Name of the gateway, such as stripe; 'list' prints all.")
    private String gateway = "";

    @Parameters(
            index = "1..*",
            paramLabel = "EVENT",
            description = "Names of events, such as invoice.paid, at least one; 'list' prints all.")
    private List<String> events = new ArrayList<>();

    @Option(
            names = "--account",
            paramLabel = "NAME",
            defaultValue = "main",
            description = "Name of the merchant account at the gateway. Default: main.")
    private String account = "main";

    @Option(names = "--redeliver", paramLabel = "N", description = "Send each notification N more times. Default: 0.")
    private int redeliver;

    @Option(names = "--shuffle", description = "Send the notifications in a random sequence.")
    private boolean shuffle;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "Seed of --shuffle, a whole number; the same seed gives the same sequence. Default: a new one at each run.")
    @Nullable
    private Long seed;

    @Option(
            names = "--batch",
            description = "Send all events in one delivery; only for a gateway that sends batches, such as adyen.")
    private boolean batch;

    @ArgGroup
    private FaultOptions faultOptions = new FaultOptions();

    @Option(
            names = "--url",
            paramLabel = "URL",
            description =
                    "URL of the ingress, such as http://127.0.0.1:8080. Default: the ingress of the stack that runs on --data; if none runs, 127.0.0.1 and the port in section ingress of the settings.")
    @Nullable
    private URI url;

    @Mixin
    private SampleOptions sample = new SampleOptions();

    public SendCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (gateway.equals("list")) {
            Senders.gateways().forEach(session.terminal()::print);
            return ExitCode.DONE;
        }
        var simulated = Simulator.find(gateway)
                .orElseThrow(() -> UserException.usage(
                        "GATEWAY: %s (expected: one of %s)".formatted(gateway, String.join(", ", Senders.gateways()))));
        if (events.equals(List.of("list"))) {
            simulated.events().forEach(session.terminal()::print);
            return ExitCode.DONE;
        }
        check(simulated);
        return send(simulated);
    }

    private void check(SimulatedGateway simulated) {
        if (events.isEmpty()) {
            throw UserException.usage(
                    "EVENT: missing (expected: one or more of %s)".formatted(String.join(", ", simulated.events())));
        }
        for (var event : events) {
            if (!simulated.events().contains(event)) {
                throw UserException.usage(
                        "EVENT: %s (expected: one of %s)".formatted(event, String.join(", ", simulated.events())));
            }
        }
    }

    private int send(SimulatedGateway simulated) {
        var source = session.settingsOrBuiltIn();
        var settings = source.read();
        var sender = Senders.find(settings, gateway, account);
        var accounts = Accounts.from(settings);
        var to = target(source);
        settings.problems().throwIfAny();
        var simulator = new Simulator(simulated, sender.orElseThrow());
        var results = new ArrayList<Sent>();
        for (var planned : deliveries(simulated)) {
            results.addAll(post(to, planned, outgoing(simulator, planned), simulator, accounts));
        }
        session.show(results, () -> table(results));
        hint(results.get(0));
        return results.stream().allMatch(sent -> sent.status() < 300) ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private List<Planned> deliveries(SimulatedGateway simulated) {
        var samples = sample.samples(simulated, events.size(), Clock.systemUTC().instant());
        var deliveries = new SendPlan(events, samples, batch, redeliver + 1).deliveries();
        if (shuffle) {
            Collections.shuffle(deliveries, seed == null ? new Random() : new Random(seed));
        }
        return deliveries;
    }

    private Outgoing outgoing(Simulator simulator, Planned planned) {
        return planned.outgoing(
                        simulator, faultOptions.fault(), Clock.systemUTC().instant())
                .orElseThrow(() -> UserException.usage(
                        "--batch: %s sends no batches (expected: a gateway that sends batches, such as adyen)"
                                .formatted(gateway)));
    }

    private URI target(SettingsSource source) {
        if (url != null) {
            return url.resolve("/ipn/" + gateway + "/" + account);
        }
        return RunningStack.find(session.data())
                .flatMap(RunningStack::ingressUrl)
                .orElseGet(() -> URI.create("http://127.0.0.1:"
                        + IngressConfig.from(source.read()).listen().port()))
                .resolve("/ipn/" + gateway + "/" + account);
    }

    /** One item of a delivery, and the HTTP answer. */
    record Sent(String event, String eventKey, String paymentKey, int bytes, int status, long millis) {}

    /** Sends a delivery; returns one entry for each item. */
    private List<Sent> post(URI to, Planned planned, Outgoing outgoing, Simulator simulator, Accounts accounts) {
        try {
            var receiver = accounts.find(gateway, account)
                    .orElseThrow(
                            () -> new IllegalStateException(gateway + "/" + account + ": account is not configured"));
            var items = receiver.identify(outgoing.received(Clock.systemUTC().instant()));
            var answer =
                    new DeliveryClient().send(to, outgoing, simulator.sender().standIn());
            return items.stream()
                    .map(item -> new Sent(
                            planned.events().size() == items.size()
                                    ? planned.events().get(item.index())
                                    : planned.name(),
                            item.eventKey(),
                            item.paymentKey(),
                            outgoing.body().size(),
                            answer.status(),
                            answer.elapsed().toMillis()))
                    .toList();
        } catch (IOException e) {
            throw UserException.problem("%s: no answer (expected: an ingress; start one with ./ipn up)".formatted(to));
        }
    }

    private static Table table(List<Sent> results) {
        var table = new Table("event", "event key", "payment key", "bytes", "HTTP status", "ms");
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
            session.terminal().printErr("see the result with: ./ipn payment show " + sent.paymentKey());
        }
    }
}
