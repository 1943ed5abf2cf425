package ipn.serde;

import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads values that any program may have written. */
public final class UntrustedValues {
    private UntrustedValues() {}

    /**
     * A value of a topic.
     *
     * @param values of {@link AvroSerdes}, which throw one type of exception whatever is wrong with the bytes
     * @return empty if there are no bytes, or they cannot be read
     * @throws SerializationException while the schema registry is unavailable: nothing is known about the value, which must be read again later
     */
    public static <T> Optional<T> read(Deserializer<T> values, String topic, byte @Nullable [] bytes) {
        return read(values, topic, bytes, RegistryFailure::isUnavailable);
    }

    /**
     * As {@link #read}, for a check: only what the bytes themselves show, or that the registry does not know their schema, makes a value
     * unreadable.
     *
     * @throws SerializationException for any other failure, such as missing permissions for the registry
     */
    public static <T> Optional<T> readIfKnown(Deserializer<T> values, String topic, byte @Nullable [] bytes) {
        return read(values, topic, bytes, RegistryFailure::isOfRegistry);
    }

    private static <T> Optional<T> read(
            Deserializer<T> values, String topic, byte @Nullable [] bytes, Predicate<Throwable> isNoAnswer) {
        try {
            return Optional.ofNullable(bytes).map(present -> values.deserialize(topic, present));
        } catch (SerializationException e) {
            if (isNoAnswer.test(e)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
