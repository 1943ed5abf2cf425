package ipn.simulator;

import ipn.gateway.content.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Posts notifications as a gateway does. */
public final class Post {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * What the receiver answered.
     *
     * @param status HTTP status
     * @param took from sending to the whole answer
     */
    public record Answer(int status, Duration took) {
        public boolean accepted() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Posts one notification; what the gateway would answer about it is told to its stand-in before.
     *
     * @param standIn where; needed only where the notification says "look"
     * @throws ConnectException if nobody listens there
     */
    public Answer send(URI url, Outgoing outgoing, Optional<URI> standIn) throws IOException {
        if (standIn.isPresent()) {
            tell(standIn.get(), outgoing.documents());
        }
        return send(url, outgoing);
    }

    /** Tells a stand-in what to answer from now on, by path. */
    public void tell(URI standIn, Map<String, Bytes> documents) throws IOException {
        for (var document : documents.entrySet()) {
            var told = HttpRequest.newBuilder(standIn.resolve(document.getKey()))
                    .timeout(TIMEOUT)
                    .PUT(BodyPublishers.ofByteArray(document.getValue().array()));
            call(told.build());
        }
    }

    /**
     * Posts one notification.
     *
     * @throws ConnectException if nobody listens there
     */
    public Answer send(URI url, Outgoing outgoing) throws IOException {
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofByteArray(outgoing.body().array()));
        outgoing.headers().forEach(request::header);
        return call(request.build());
    }

    private Answer call(HttpRequest request) throws IOException {
        var began = System.nanoTime();
        try {
            var response = client.send(request, BodyHandlers.discarding());
            return new Answer(response.statusCode(), Duration.ofNanos(System.nanoTime() - began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
