package ipn.bench.measure;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Bytes that contain a text at some places, which another text of the same length can replace. */
public final class TaggedBytes {
    private final byte[] bytes;
    private final int length;
    private final int[] places;

    private TaggedBytes(byte[] bytes, int length, int[] places) {
        this.bytes = bytes;
        this.length = length;
        this.places = places;
    }

    /** Finds the text in the bytes. */
    public static TaggedBytes of(byte[] bytes, String tag) {
        var sought = tag.getBytes(StandardCharsets.UTF_8);
        if (sought.length == 0) {
            throw new IllegalArgumentException("tag: empty (expected: at least one character)");
        }
        var places = IntStream.builder();
        for (var at = 0; at + sought.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + sought.length, sought, 0, sought.length)) {
                places.add(at);
                at += sought.length - 1;
            }
        }
        return new TaggedBytes(bytes, sought.length, places.build().toArray());
    }

    /** Whether the text occurs at all. */
    public boolean tagged() {
        return places.length > 0;
    }

    /**
     * A copy with another text at all places.
     *
     * @throws IllegalArgumentException if it is not as long
     */
    public byte[] with(String otherTag) {
        var other = otherTag.getBytes(StandardCharsets.UTF_8);
        if (other.length != length) {
            throw new IllegalArgumentException(
                    "tag: %s (expected: %d bytes, as the one that it replaces)".formatted(otherTag, length));
        }
        var copy = bytes.clone();
        for (var place : places) {
            System.arraycopy(other, 0, copy, place, length);
        }
        return copy;
    }
}
