package ipn.operations.explain;

import java.util.Objects;

/** 64 bits that stand for a name or a place: a million take megabytes, and two that differ share them by no accident met. */
final class Hash {
    private Hash() {}

    static long of(Object... parts) {
        var hash = 0xcbf29ce484222325L;
        for (var part : parts) {
            var text = Objects.toString(part);
            for (var i = 0; i < text.length(); i++) {
                hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
            }
            hash = mix(hash + 1);
        }
        return hash;
    }

    /** The finaliser of SplitMix64. */
    private static long mix(long z) {
        var y = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        y = (y ^ (y >>> 27)) * 0x94d049bb133111ebL;
        return y ^ (y >>> 31);
    }
}
