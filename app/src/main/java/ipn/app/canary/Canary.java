package ipn.app.canary;

import ipn.simulator.DeliveryClient;
import ipn.topics.KafkaSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Sends notifications of the reserved account, one after the other, and waits until each has changed an entitlement. */
public final class Canary implements AutoCloseable {
    private final CanaryAccount account;
    private final URI ingress;
    private final Duration timeout;
    private final Clock clock;
    private final DeliveryClient client = new DeliveryClient();
    private final EntitlementReader reader;
    private int slot;

    /**
     * Opens the way back.
     *
     * @param ingress without a path
     * @param timeout from sending until the entitlement has changed
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    public Canary(CanaryAccount account, URI ingress, KafkaSettings kafka, Duration timeout, Clock clock) {
        this.account = account;
        this.ingress = ingress;
        this.timeout = timeout;
        this.clock = clock;
        this.slot = (int) Math.floorMod(clock.millis() / 1_000, (long) CanaryAccount.SLOTS);
        this.reader = new EntitlementReader(kafka, account.shadow());
    }

    /** Sends one and waits for it. */
    public Beat beat() {
        var sent = account.notification(slot, clock.instant());
        slot = (slot + 1) % CanaryAccount.SLOTS;
        var began = System.nanoTime();
        var answer = CompletableFuture.supplyAsync(() -> send(sent));
        var entitled = Optional.<Long>empty();
        while (entitled.isEmpty() && since(began).compareTo(timeout) < 0 && !isRefused(answer)) {
            if (reader.changedBy().contains(sent.eventKey())) {
                entitled = Optional.of(since(began).toMillis());
            }
        }
        return beat(sent, answer, entitled, began);
    }

    private DeliveryClient.Response send(CanaryAccount.Notification sent) {
        try {
            return client.send(ingress.resolve(account.path()), sent.outgoing());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRefused(CompletableFuture<DeliveryClient.Response> answer) {
        return answer.isCompletedExceptionally()
                || answer.isDone() && !answer.join().accepted();
    }

    private Beat beat(
            CanaryAccount.Notification sent,
            CompletableFuture<DeliveryClient.Response> answer,
            Optional<Long> entitled,
            long began) {
        var left = timeout.minus(since(began));
        try {
            var response = answer.completeOnTimeout(
                            new DeliveryClient.Response(0, timeout),
                            Math.max(1, left.toMillis()),
                            TimeUnit.MILLISECONDS)
                    .join();
            return new Beat(
                    sent.eventKey(),
                    sent.subject(),
                    response.status(),
                    response.elapsed().toMillis(),
                    entitled,
                    problem(response, entitled.isPresent()));
        } catch (CompletionException e) {
            return new Beat(
                    sent.eventKey(),
                    sent.subject(),
                    0,
                    since(began).toMillis(),
                    entitled,
                    Optional.of("%s: no answer (expected: an ingress)".formatted(ingress)));
        }
    }

    private Optional<String> problem(DeliveryClient.Response response, boolean entitled) {
        if (response.status() == 0) {
            return Optional.of("%s: no answer within %s (expected: 200)".formatted(ingress, timeout));
        }
        if (!response.accepted()) {
            return Optional.of("%s: HTTP status %d (expected: 200)".formatted(ingress, response.status()));
        }
        return entitled
                ? Optional.empty()
                : Optional.of("acknowledged, and no entitlement changed within %s (expected: it does; see ipn status)"
                        .formatted(timeout));
    }

    private static Duration since(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() {
        reader.close();
    }
}
