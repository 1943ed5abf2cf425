package ipn.bench.dashboards;

import java.util.List;

/** What Prometheus answers to a query. */
sealed interface Answer {
    /** The series that it found, perhaps none. */
    record Found(List<Series> series) implements Answer {
        public Found {
            series = List.copyOf(series);
        }
    }

    /** @param why as Prometheus tells it */
    record Failed(String why) implements Answer {}
}
