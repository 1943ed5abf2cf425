package ipn.app.status;

import ipn.runtime.metrics.Metric;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The accounts, and event types of others, of which nothing has come for longer than is usual. One whose notifications come and are refused is not
 * silent.
 */
record SilentStreams(Samples before, Samples now) {
    private static final String ALL = "all";

    /** One for each, for people. */
    List<String> texts() {
        var texts = new ArrayList<String>();
        now.accounts(Metric.PROCESSOR_SILENT, Map.of()).forEach(account -> texts.addAll(of(account)));
        return texts;
    }

    private List<String> of(Map<String, String> account) {
        if (isSilent(account, ALL)) {
            return comes(account) ? List.of() : List.of(text(account, ALL));
        }
        return now.names(Metric.PROCESSOR_SILENT, account, "type").stream()
                .filter(type -> isSilent(account, type))
                .map(type -> text(account, type))
                .toList();
    }

    private boolean comes(Map<String, String> account) {
        return now.grewSince(before, Metric.INGRESS_REQUESTS, account)
                || now.grewSince(before, Metric.INGRESS_REJECTED, account);
    }

    private boolean isSilent(Map<String, String> account, String type) {
        return number(Metric.PROCESSOR_SILENT, account, type) > 0;
    }

    private String text(Map<String, String> account, String type) {
        return "%s/%s: %s for %s, usually at most %s; about %d are missing"
                .formatted(
                        account.get("gateway"),
                        account.get("account"),
                        type.equals(ALL) ? "no notification" : "no " + type,
                        time(number(Metric.PROCESSOR_SILENCE_SECONDS, account, type)),
                        time(number(Metric.PROCESSOR_SILENCE_LIMIT_SECONDS, account, type)),
                        Math.round(number(Metric.PROCESSOR_SILENCE_MISSING, account, type)));
    }

    private static String time(double seconds) {
        var time = Duration.ofSeconds((long) Math.ceil(seconds));
        return time.toHours() >= 2
                ? "%d h".formatted(time.toHours())
                : "%d min".formatted(Math.max(1, time.toMinutes()));
    }

    private double number(Metric metric, Map<String, String> account, String type) {
        return now.max(metric, Samples.with(account, "type", type)).orElse(0);
    }
}
