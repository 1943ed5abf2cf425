package ipn.bench.alerts;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Plants faults one after the other, each until an alert notices it, and mends them as their runbooks say. */
final class Drills {
    /** Between two faults: alerts that only look a moment back end meanwhile. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration HEALED_MAX = Duration.ofMinutes(4);
    /** An alert that looks back an hour still fires for an hour; the next fault does not wait for it. */
    private static final Duration OVER_MAX = Duration.ofMinutes(4);

    /** Longer than any alert looks back, but those that look back an hour. */
    private static final Duration FREE_MAX = Duration.ofMinutes(20);

    private static final Duration BY_HAND_MAX = Duration.ofMinutes(30);

    private final Scene scene;
    private final AlertWatch watch;
    private final Hurry hurry;
    private final Optional<Desk> desk;

    /** @param desk where a person mends the faults; empty: the benchmark does what the runbooks say */
    Drills(Scene scene, AlertWatch watch, Hurry hurry, Optional<Desk> desk) {
        this.scene = scene;
        this.watch = watch;
        this.hurry = hurry;
        this.desk = desk;
    }

    List<Drill> run(List<AlertFault> faults) throws IOException, InterruptedException, ExecutionException {
        var done = new ArrayList<Drill>();
        for (var fault : faults) {
            var known = fault.known();
            if (!watch.awaitOver(known.expected(), hurry.time(FREE_MAX))) {
                System.err.printf("%s: an alert that it should raise fires already%n", known.name());
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            done.add(run(fault));
            watch.awaitOver(known.expected(), hurry.time(OVER_MAX));
        }
        return done;
    }

    private Drill run(AlertFault fault) throws IOException, InterruptedException, ExecutionException {
        var known = fault.known();
        var before = List.copyOf(watch.timeline().firing());
        var planted = Instant.now();
        System.err.printf("%s  %s: %s%n", planted, known.name(), known.planted());
        fault.plant(scene);
        var noticed = watch.awaitBegun(known.expected(), planted, hurry.time(fault.patience()));
        var took = Duration.between(planted, Instant.now());
        System.err.printf(
                "  %s after %d s: %s%n",
                noticed ? "noticed" : "NOT noticed",
                took.toSeconds(),
                watch.timeline().begunSince(planted).stream().map(Firing::name).toList());
        var status = status();
        mend(fault);
        var mended = Instant.now();
        var healed = scene.untilEntitled(HEALED_MAX);
        var typed = scene.transcript().take();
        System.err.printf(
                "  mended, %s: %s%n",
                healed.map(each -> "entitled after %d s".formatted(each.toSeconds()))
                        .orElse("NOT healed"),
                typed);
        return new Drill(known, planted, status, mended, typed, healed, before);
    }

    private void mend(AlertFault fault) throws IOException, InterruptedException, ExecutionException {
        if (desk.isEmpty()) {
            fault.mend(scene);
        } else if (!desk.get().untilOver(fault, BY_HAND_MAX)) {
            scene.transcript().did("nobody said within %s that it is over".formatted(BY_HAND_MAX));
            fault.end(scene);
        }
    }

    /** What a person sees who types the first command of every runbook. */
    private List<String> status() throws IOException, InterruptedException {
        var arguments = new ArrayList<>(List.of("status", "--json"));
        scene.managementPorts()
                .forEach(port -> arguments.addAll(List.of("--url", "http://127.0.0.1:" + Integer.toString(port))));
        var answer = scene.transcript().quietly(arguments.toArray(String[]::new));
        var json = answer.output().indexOf('{');
        var problems = new ArrayList<String>();
        if (json >= 0) {
            new ObjectMapper()
                    .readTree(answer.output().substring(json))
                    .path("problems")
                    .forEach(each -> problems.add(each.asText()));
        }
        return problems;
    }
}
