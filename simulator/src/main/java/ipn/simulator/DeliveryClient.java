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

/** Sends notifications over HTTP as a gateway does. */
public final class DeliveryClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final HttpClient client = HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * The response of the receiver.
     *
     * @param status HTTP status
     * @param elapsed from sending to the end of the response
     */
    public record Response(int status, Duration elapsed) {
        public boolean accepted() {
            return status >= 200 && status < 300;
        }
    }

    /**
     * Sends one notification, after registering its documents with the stand-in.
     *
     * @param standIn its address, for an account that asks the gateway back
     * @throws ConnectException if nothing listens at one of the addresses
     */
    public Response send(URI url, Outgoing outgoing, Optional<URI> standIn) throws IOException {
        if (standIn.isPresent()) {
            register(standIn.get(), outgoing.documents());
        }
        return send(url, outgoing);
    }

    /** Registers documents with a stand-in, which serves them from now on. */
    public void register(URI standIn, Map<String, Bytes> documents) throws IOException {
        for (var document : documents.entrySet()) {
            var request = HttpRequest.newBuilder(standIn.resolve(document.getKey()))
                    .timeout(TIMEOUT)
                    .PUT(BodyPublishers.ofByteArray(document.getValue().array()));
            call(request.build());
        }
    }

    /**
     * Sends one notification.
     *
     * @throws ConnectException if nothing listens there
     */
    public Response send(URI url, Outgoing outgoing) throws IOException {
        var request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .POST(BodyPublishers.ofByteArray(outgoing.body().array()));
        outgoing.headers().forEach(request::header);
        return call(request.build());
    }

    private Response call(HttpRequest request) throws IOException {
        var began = System.nanoTime();
        try {
            var response = client.send(request, BodyHandlers.discarding());
            return new Response(response.statusCode(), Duration.ofNanos(System.nanoTime() - began));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
