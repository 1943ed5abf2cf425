package ipn.client.store;

/** Lengths of variable size within an array: small ones take one byte. */
final class Varints {
    private Varints() {}

    static int sizeOf(int number) {
        return number < 0x80 ? 1 : number < 0x4000 ? 2 : number < 0x20_0000 ? 3 : number < 0x1000_0000 ? 4 : 5;
    }

    /** Writes a number; returns the position after it. */
    static int put(byte[] into, int at, int number) {
        var end = at;
        var rest = number;
        while (rest >= 0x80) {
            into[end++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        into[end++] = (byte) rest;
        return end;
    }

    /** Writes bytes after their number; returns the position after them. */
    static int put(byte[] into, int at, byte[] bytes) {
        var start = put(into, at, bytes.length);
        System.arraycopy(bytes, 0, into, start, bytes.length);
        return start + bytes.length;
    }

    /** Whether this number is written here. */
    static boolean startsWith(byte[] bytes, int at, int number) {
        var i = at;
        var rest = number;
        while (rest >= 0x80) {
            if (bytes[i++] != (byte) (rest & 0x7F | 0x80)) {
                return false;
            }
            rest >>>= 7;
        }
        return bytes[i] == (byte) rest;
    }
}
