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
    /** Seconds; the service level is that access follows within one. */
    private static final double LATE_MIN = 5;
    /** As the alert on old answers has it. */
    private static final double ANSWERS_MAX = 300;
    /** As the alerts on ends have them. */
    private static final Duration CERTIFICATE_LEFT_MIN = Duration.ofDays(14);

    private static final Duration SECRET_LEFT_MIN = Duration.ofDays(7);

    private final Scrape at;
    private final Samples before;
    private final Samples now;
    private final List<Problem> problems = new ArrayList<>();

    StatusProblems(Scrape at, Samples before, Samples now) {
        this.at = at;
        this.before = before;
        this.now = now;
    }

    List<Problem> list(List<StageState> stages, List<AccountState> accounts) {
        at.silent()
                .forEach(url ->
                        add("%s does not answer".formatted(url), "see whether its process runs", "stage-not-running"));
        stages.forEach(this::stage);
        accounts.forEach(this::account);
        new SilentStreams(before, now)
                .texts()
                .forEach(text -> add(text, "ask the gateway whether it sends, and where to", "gateway-silent"));
        now.max(Metric.QUERY_AGE_SECONDS, Map.of()).stream()
                .filter(age -> age > ANSWERS_MAX)
                .forEach(age -> add(
                        "query: its answers are %d min old: support and finance see payments as they were then"
                                .formatted(Duration.ofSeconds((long) age).toMinutes()),
                        "read its log",
                        "answers-old"));
        settings();
        ends(Metric.CERTIFICATE_LEFT_SECONDS, "certificate", CERTIFICATE_LEFT_MIN);
        ends(Metric.SECRET_LEFT_SECONDS, "last secret", SECRET_LEFT_MIN);
        var engaged = (long) now.sum(Metric.PROJECTOR_BRAKE_ENGAGED, Map.of());
        if (engaged > 0) {
            add(
                    "the brake withholds %d revocation(s) in %d partition(s): users keep access that may have to be revoked"
                            .formatted((long) now.sum(Metric.PROJECTOR_BRAKE_WITHHELD, Map.of()), engaged),
                    "ipn brake status",
                    "brake");
        }
        if (grew(Metric.STAGE_THREAD_FAILURES)) {
            add("threads fail", "read the log of the stage", "thread-failures");
        }
        if (grew(Metric.CONSERVATION_FINDINGS)) {
            add(
                    "raw records do not balance with outcomes and dead letters: whoever paid may have no access, or money may count twice",
                    "ipn check",
                    "conservation");
        }
        new OpenLetters(before, now).text().ifPresent(text -> add(text, "ipn dlq", "dead-letters"));
        return List.copyOf(problems);
    }

    private void stage(StageState stage) {
        if (stage.state().equals("missing")) {
            add(
                    "%s: no management port shows it: %s".formatted(stage.stage(), harm(stage)),
                    "start it, or name its port with --url",
                    "stage-not-running");
        } else if (now.max(Metric.STAGE_STALLED, Map.of("stage", stage.stage())).orElse(0) > 0) {
            add("%s: makes no progress".formatted(stage.stage()), "read its log", "stage-stalls");
        } else if (!stage.state().equals("running")) {
            add(
                    "%s: not running: %s".formatted(stage.stage(), harm(stage)),
                    "ask its /health/ready why",
                    "stage-not-running");
        } else {
            late(stage);
        }
        stage.oldestSeconds()
                .filter(oldest -> oldest > OLDEST_MAX)
                .ifPresent(oldest -> add(
                        "%s: its oldest record waits for %d min: whoever paid since then has no access yet"
                                .formatted(
                                        stage.stage(),
                                        Duration.ofSeconds(oldest.longValue()).toMinutes()),
                        "see whether it processes less than comes (per s)",
                        "lag"));
    }

    /** What is late though nothing has waited for long; the age of the oldest record says the rest. */
    private void late(StageState stage) {
        stage.p50Seconds()
                .filter(half -> !stage.stage().equals("ingress") && half > LATE_MIN)
                .ifPresent(half -> add(
                        half.isInfinite()
                                ? "%s: notifications take very long: access comes late".formatted(stage.stage())
                                : "%s: half of the notifications take up to %d s: access comes late"
                                        .formatted(stage.stage(), half.longValue()),
                        "see whether it processes less than comes (per s)",
                        "lag"));
    }

    /** What it means for users that a stage does not run. */
    private static String harm(StageState stage) {
        return stage.stage().equals("ingress")
                ? "gateways cannot deliver, and try again for hours or days; nobody who pays gets access until it runs"
                : "notifications are stored and wait; nobody who pays gets access until it runs";
    }

    private void account(AccountState account) {
        var name = account.account().split("/", 2);
        var labels = Map.of("gateway", name[0], "account", name[1]);
        if (now.grewSince(before, Metric.INGRESS_REJECTED, labels)) {
            add(
                    "%s: notifications are refused as not authentic (401)%s"
                            .formatted(account.account(), new RetriesLeft(now, labels).text("401")),
                    "compare its secret in the settings with the gateway's",
                    "rejected-signatures");
        }
        var unstored = now.sum(Metric.INGRESS_UNSTORED, labels);
        var refusing = account.unavailable() > unavailableBefore(labels);
        if (refusing || unstored > 0) {
            add(
                    "%s: notifications %s answered with 503%s"
                            .formatted(
                                    account.account(),
                                    refusing ? "are" : "were",
                                    new RetriesLeft(now, labels).text("503")),
                    refusing ? firstOfRefused(labels) : "see whether the gateway sends them again, or ask it to",
                    "ingress-503");
        }
    }

    private String firstOfRefused(Map<String, String> labels) {
        return now.grewSince(before, Metric.INGRESS_REQUESTS, Samples.with(labels, "outcome", "undecided"))
                ? "see whether the gateway answers the question whether they are authentic"
                : "see whether Kafka answers the ingress";
    }

    private long unavailableBefore(Map<String, String> labels) {
        return (long) before.sum(Metric.INGRESS_REQUESTS, labels, "outcome", StatusRules.UNAVAILABLE::contains);
    }

    private void settings() {
        for (var stage : now.names(Metric.SETTINGS_PROBLEMS, Map.of(), "stage")) {
            if (now.max(Metric.SETTINGS_PROBLEMS, Map.of("stage", stage)).orElse(0) > 0) {
                add(
                        "%s: its changed settings have problems, and it continues with those before".formatted(stage),
                        "ipn config check",
                        "change-settings");
            }
        }
        if (now.max(Metric.PROJECTOR_SETTINGS_OLDER, Map.of()).orElse(0) > 0) {
            add(
                    "a projector runs with older settings than those in force",
                    "give all of them the same settings",
                    "change-settings");
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
                            "replace it",
                            "certificates"));
        }
    }

    private boolean grew(Metric metric) {
        return now.grewSince(before, metric, Map.of());
    }

    private void add(String what, String first, String runbook) {
        problems.add(new Problem(what, first, "docs/runbooks/%s.md".formatted(runbook)));
    }
}
