package ipn.ingress.admission;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a request in its simplest form, read without decoding it: {@code POST}, one {@code content-length}, nothing that
 * changes how the body is framed or what becomes of the connection. Whatever is not exactly that is left to the decoder, so that
 * both never see the end of a request in different places. Used on one event loop only.
 */
public final class SimpleHead {
    private static final int HEAD_MAX = 8 * 1024;
    private static final int FIELDS_MAX = 100;
    private static final int LENGTH_DIGITS_MAX = 9;
    private static final byte[] METHOD = ascii("POST /");
    private static final byte[] VERSION = ascii(" HTTP/1.1");
    private static final byte[] CONTENT_LENGTH = ascii("content-length");
    private static final byte[] CONNECTION = ascii("connection");
    private static final byte[] KEEP_ALIVE = ascii("keep-alive");
    /** What these say needs more than to skip the body. */
    private static final byte[][] OTHERS = {ascii("transfer-encoding"), ascii("expect"), ascii("upgrade")};

    private static final boolean[] TOKEN = token();

    private final byte[] addressName;
    private final byte[] bytes = new byte[HEAD_MAX];
    private int pathEnd;
    private int length;
    private long bodyLength;
    private int addressFrom;
    private int addressTo;

    /** @param addressName header that says the client's address; empty: none does */
    public SimpleHead(Optional<String> addressName) {
        this.addressName =
                addressName.map(name -> ascii(name.toLowerCase(Locale.ROOT))).orElse(new byte[0]);
    }

    /** Reads the head at the begin of a buffer, and leaves the buffer as it is. False if it is not whole, or not simple. */
    public boolean read(ByteBuf in) {
        var available = Math.min(in.readableBytes(), HEAD_MAX);
        in.getBytes(in.readerIndex(), bytes, 0, available);
        bodyLength = -1;
        addressTo = 0;
        var end = lineEnd(0, available);
        if (end < 0 || !requestLine(end)) {
            return false;
        }
        for (var fields = 0; fields <= FIELDS_MAX; fields++) {
            var from = end + 2;
            end = lineEnd(from, available);
            if (end == from) {
                length = end + 2;
                return bodyLength >= 0;
            }
            if (end < 0 || !field(from, end)) {
                return false;
            }
        }
        return false;
    }

    /** The bytes of the head. */
    public int length() {
        return length;
    }

    public long bodyLength() {
        return bodyLength;
    }

    public String path() {
        return text(METHOD.length - 1, pathEnd);
    }

    /** The value of the last header that says the client's address; empty if none does. */
    public Optional<String> address() {
        return addressTo == 0 ? Optional.empty() : Optional.of(text(addressFrom, addressTo));
    }

    /** Where the line ends: before CR and LF. Negative if it has no end, or contains a control character. */
    private int lineEnd(int from, int available) {
        for (var at = from; at < available; at++) {
            var each = bytes[at];
            if (each < ' ' && each != '\t') {
                return each == '\r' && at + 1 < available && bytes[at + 1] == '\n' ? at : -1;
            }
        }
        return -1;
    }

    private boolean requestLine(int end) {
        pathEnd = end - VERSION.length;
        if (pathEnd < METHOD.length || !same(METHOD, 0) || !same(VERSION, pathEnd)) {
            return false;
        }
        for (var at = METHOD.length; at < pathEnd; at++) {
            if (bytes[at] <= ' ') {
                return false;
            }
        }
        return true;
    }

    private boolean field(int from, int end) {
        var colon = from;
        while (colon < end && TOKEN[bytes[colon] & 0xff]) {
            colon++;
        }
        if (colon == from || colon == end || bytes[colon] != ':') {
            return false;
        }
        var valueFrom = colon + 1;
        var valueTo = end;
        while (valueFrom < valueTo && blank(bytes[valueFrom])) {
            valueFrom++;
        }
        while (valueTo > valueFrom && blank(bytes[valueTo - 1])) {
            valueTo--;
        }
        if (named(addressName, from, colon)) {
            addressFrom = valueFrom;
            addressTo = valueTo;
        }
        if (named(CONTENT_LENGTH, from, colon)) {
            return bodyLength < 0 && number(valueFrom, valueTo);
        }
        if (named(CONNECTION, from, colon)) {
            return named(KEEP_ALIVE, valueFrom, valueTo);
        }
        for (var other : OTHERS) {
            if (named(other, from, colon)) {
                return false;
            }
        }
        return true;
    }

    private boolean number(int from, int to) {
        if (from == to || to - from > LENGTH_DIGITS_MAX) {
            return false;
        }
        var value = 0L;
        for (var at = from; at < to; at++) {
            if (bytes[at] < '0' || bytes[at] > '9') {
                return false;
            }
            value = value * 10 + bytes[at] - '0';
        }
        bodyLength = value;
        return true;
    }

    /** Whether these bytes are such a name, in upper or lower case. */
    private boolean named(byte[] name, int from, int to) {
        if (to - from != name.length || name.length == 0) {
            return false;
        }
        for (var i = 0; i < name.length; i++) {
            var each = bytes[from + i];
            if ((each >= 'A' && each <= 'Z' ? each + ('a' - 'A') : each) != name[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean same(byte[] expected, int from) {
        for (var i = 0; i < expected.length; i++) {
            if (bytes[from + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean blank(byte each) {
        return each == ' ' || each == '\t';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean[] token() {
        var token = new boolean[256];
        for (var each : ascii("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
            token[each] = true;
        }
        return token;
    }
}
