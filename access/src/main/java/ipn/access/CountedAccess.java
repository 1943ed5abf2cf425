package ipn.access;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import ipn.client.Access;
import ipn.client.AccessAnswer;
import ipn.client.AccessListener;
import ipn.client.AccessQuestion;
import ipn.client.AccessStatus;
import ipn.runtime.metrics.Metric;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Access that counts its answers by status. */
record CountedAccess(Access access, Map<AccessStatus, Counter> counters) implements Access {

    static CountedAccess of(Access access, MeterRegistry meters) {
        var counters = new EnumMap<AccessStatus, Counter>(AccessStatus.class);
        for (var status : AccessStatus.values()) {
            counters.put(status, Metric.ACCESS_ANSWERS.counter(meters, status.name()));
        }
        return new CountedAccess(access, counters);
    }

    @Override
    public AccessAnswer of(AccessQuestion question) {
        var answer = access.of(question);
        count(answer);
        return answer;
    }

    @Override
    public List<AccessAnswer> all(String subject, int limit) {
        var answers = access.all(subject, limit);
        answers.forEach(this::count);
        return answers;
    }

    private void count(AccessAnswer answer) {
        Objects.requireNonNull(counters.get(answer.status())).increment();
    }

    @Override
    public List<String> entitlements() {
        return access.entitlements();
    }

    @Override
    public Registration listen(AccessListener listener) {
        return access.listen(listener);
    }
}
