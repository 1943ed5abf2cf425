package ipn.bench.generator;

import ipn.app.SettingsSource;
import ipn.bench.generator.LoadPlan.Kind;
import ipn.bench.load.IngressCall;
import ipn.bench.load.LoadCommand;
import ipn.bench.load.MixedScenarios;
import ipn.bench.load.Scenarios;
import ipn.bench.load.Workload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** One round of the load process: signs the calls of a plan, then sends them. */
final class LoadRound {
    private static final int FORGED_MAX = 2_000;

    private final LoadPlan plan;
    private final List<PreparedCall> calls;
    private final List<IngressCall> forged;
    private final long[] fingerprints;

    private LoadRound(LoadPlan plan, List<PreparedCall> calls, List<IngressCall> forged, long[] fingerprints) {
        this.plan = plan;
        this.calls = calls;
        this.forged = forged;
        this.fingerprints = fingerprints;
    }

    static LoadRound prepare(LoadPlan plan) {
        var genuine = signed(plan, plan.calls(), plan.tag(), IngressCall.Kind.GENUINE);
        var calls = genuine.stream()
                .map(call -> PreparedCall.of(plan.target().address(), call))
                .toList();
        var attempts = plan.phases().isEmpty() ? calls.size() : new Pace(plan.phases()).calls();
        var distinct = genuine.stream()
                .mapToLong(call -> Fingerprint.of(call.outgoing().body().array()))
                .toArray();
        var fingerprints = new long[attempts];
        for (var call = 0; call < attempts; call++) {
            fingerprints[call] = distinct[call % distinct.length];
        }
        List<IngressCall> forged = plan.attack().forged() > 0
                ? signed(plan, FORGED_MAX, plan.tag() + "f", IngressCall.Kind.FORGED)
                : List.of();
        return new LoadRound(plan, calls, forged, fingerprints);
    }

    private static List<IngressCall> signed(LoadPlan plan, int count, String tag, IngressCall.Kind kind) {
        var now = Instant.now();
        var scenarios = new MixedScenarios(new Scenarios(tag, Scenarios.recentStart()));
        var forged = kind == IngressCall.Kind.FORGED ? 1 : 0;
        var workload = Workload.create(
                new Workload.Plan(count, 0, 0, forged, plan.tag().hashCode()),
                scenarios::scenario,
                LoadCommand.senders(SettingsSource.builtIn(Map.of())),
                now);
        return workload.calls().stream()
                .filter(call -> call.kind() == kind)
                .limit(count)
                .toList();
    }

    /** Sends them, and writes what became of each to the file of the plan. Returns what became of the attack. */
    Map<String, Map<Integer, Integer>> run() throws IOException, InterruptedException, ExecutionException {
        var outcomes = new Outcomes(fingerprints);
        var attack = plan.target().kind() == Kind.PRODUCER ? produce(outcomes) : send(outcomes);
        outcomes.write(Path.of(plan.outcomes()));
        return attack;
    }

    private Map<String, Map<Integer, Integer>> produce(Outcomes outcomes) {
        var bodies = calls.stream().map(PreparedCall::body).toList();
        try (var producer =
                new ProducerSender(plan.target().address(), plan.target().topic())) {
            producer.sendAtPace(new Pace(plan.phases()), bodies, outcomes);
        }
        return Map.of();
    }

    private Map<String, Map<Integer, Integer>> send(Outcomes outcomes)
            throws IOException, InterruptedException, ExecutionException {
        var url = URI.create("http://" + plan.target().address());
        var target = new InetSocketAddress(url.getHost(), url.getPort());
        var pace = new Pace(plan.phases());
        try (var sender = new HttpSender(target, () -> new InetSocketAddress(0), plan.connectionsMax());
                var attackers = new Attackers(plan.attack(), target, forged)) {
            sender.connect(plan.connections());
            if (plan.phases().isEmpty()) {
                sender.sendAll(call -> calls.get(call).request(), outcomes);
            } else {
                attackers.start(pace.seconds());
                sender.sendAtPace(pace, call -> calls.get(call % calls.size()).request(), outcomes);
            }
            return attackers.await();
        }
    }
}
