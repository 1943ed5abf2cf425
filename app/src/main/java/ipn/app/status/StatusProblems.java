package ipn.app.status;

import ipn.runtime.metrics.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is wrong with a pipeline now, for people, with the runbook that leads on. */
final class StatusProblems {
    /** As the alert on old records has it. */
    private static final double OLDEST_MAX = 120;
    /** As the alerts on ends have them. */
    private static final Duration CERTIFICATE_LEFT_MIN = Duration.ofDays(14);

    private static final Duration SECRET_LEFT_MIN = Duration.ofDays(7);

    private final Scrape at;
    private final Samples before;
    private final Samples now;
    private final List<String> problems = new ArrayList<>();

    StatusProblems(Scrape at, Samples before, Samples now) {
        this.at = at;
        this.before = before;
        this.now = now;
    }

    List<String> list(List<StageState> stages, List<AccountState> accounts) {
        at.silent().forEach(url -> add("%s does not answer".formatted(url), "stage-not-running"));
        stages.forEach(this::stage);
        accounts.forEach(this::account);
        new SilentStreams(now).texts().forEach(text -> add(text, "gateway-silent"));
        settings();
        ends(Metric.CERTIFICATE_LEFT_SECONDS, "certificate", CERTIFICATE_LEFT_MIN);
        ends(Metric.SECRET_LEFT_SECONDS, "last secret", SECRET_LEFT_MIN);
        var engaged = (long) now.sum(Metric.PROJECTOR_BRAKE_ENGAGED, Map.of());
        if (engaged > 0) {
            add("the brake withholds revocations in %d partition(s)".formatted(engaged), "brake");
        }
        if (grew(Metric.STAGE_THREAD_FAILURES)) {
            add("threads fail", "thread-failures");
        }
        if (grew(Metric.PROJECTOR_DEAD_LETTERS)) {
            add("dead letters are emitted now", "dead-letters");
        }
        return List.copyOf(problems);
    }

    private void stage(StageState stage) {
        if (stage.state().equals("missing")) {
            add("%s: no management port shows it".formatted(stage.stage()), "stage-not-running");
        } else if (now.max(Metric.STAGE_STALLED, Map.of("stage", stage.stage())).orElse(0) > 0) {
            add("%s: makes no progress".formatted(stage.stage()), "stage-stalls");
        } else if (!stage.state().equals("running")) {
            add("%s: not running".formatted(stage.stage()), "stage-not-running");
        }
        stage.oldestSeconds()
                .filter(oldest -> oldest > OLDEST_MAX)
                .ifPresent(oldest -> add(
                        "%s: its oldest record waits for %d min"
                                .formatted(
                                        stage.stage(),
                                        Duration.ofSeconds(oldest.longValue()).toMinutes()),
                        "lag"));
    }

    private void account(AccountState account) {
        var name = account.account().split("/", 2);
        var labels = Map.of("gateway", name[0], "account", name[1]);
        var rejected = now.sum(Metric.INGRESS_REJECTED, labels) - before.sum(Metric.INGRESS_REJECTED, labels);
        if (rejected > 0) {
            add(
                    "%s: notifications are refused as not authentic%s"
                            .formatted(account.account(), new RetriesLeft(now, labels).text("401")),
                    "rejected-signatures");
        }
        if (account.unavailable() > unavailableBefore(labels)) {
            add(
                    "%s: notifications are answered with 503%s"
                            .formatted(account.account(), new RetriesLeft(now, labels).text("503")),
                    "ingress-503");
        }
    }

    private long unavailableBefore(Map<String, String> labels) {
        return (long) before.sum(Metric.INGRESS_REQUESTS, labels, "outcome", StatusRules.UNAVAILABLE::contains);
    }

    private void settings() {
        for (var stage : now.names(Metric.SETTINGS_PROBLEMS, Map.of(), "stage")) {
            if (now.max(Metric.SETTINGS_PROBLEMS, Map.of("stage", stage)).orElse(0) > 0) {
                add("%s: its changed settings have problems".formatted(stage), "change-settings");
            }
        }
        if (now.max(Metric.PROJECTOR_SETTINGS_OLDER, Map.of()).orElse(0) > 0) {
            add("a projector runs with older settings than those in force", "change-settings");
        }
    }

    private void ends(Metric left, String what, Duration min) {
        for (var key : now.names(left, Map.of(), "key")) {
            now.values(left, Map.of("key", key)).min().stream()
                    .mapToObj(seconds -> Duration.ofSeconds((long) seconds))
                    .filter(each -> each.compareTo(min) < 0)
                    .forEach(each -> add(
                            each.isNegative()
                                    ? "the %s of %s has ended".formatted(what, key)
                                    : "the %s of %s ends in %d h".formatted(what, key, each.toHours()),
                            "certificates"));
        }
    }

    private boolean grew(Metric metric) {
        return now.sum(metric, Map.of()) > before.sum(metric, Map.of());
    }

    private void add(String problem, String runbook) {
        problems.add("%s (see docs/runbooks/%s.md)".formatted(problem, runbook));
    }
}
