package ipn.ingress.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import ipn.gateway.GatewayAccount;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What is checked before a body is read. The first rule that a request breaks decides the response. */
public final class HeadRules {
    /** Header fields of one request; more are refused by the decoder, while they arrive. */
    public static final int FIELDS_MAX = 100;
    /** Memory of a request and its response without a header field, in bytes. */
    private static final int REQUEST_BYTES = 2048;
    /** Memory of a header field beside its text, in the decoder and in the stored record. */
    private static final int FIELD_BYTES = 160;

    private HeadRules() {}

    /** Memory that the head of a request takes, in bytes. */
    public static long bytes(HttpServerRequest request) {
        var bytes = REQUEST_BYTES + 2L * request.uri().length();
        for (var field : request.headers()) {
            bytes += FIELD_BYTES
                    + 2L * (field.getKey().length() + field.getValue().length());
        }
        return bytes;
    }

    /** The length of the body as the sender declared it; 0 if it did not. The decoder has already refused what is no number. */
    public static long contentLength(HttpServerRequest request) {
        return contentLength(request.headers());
    }

    /** Rules for every request. A repeated header that decides where a request goes or ends indicates request smuggling. */
    public static void checkForm(HttpServerRequest request) {
        var headers = request.headers();
        // spotless:off
        check(count(headers, "host") == 1 && !blank(headers, "host"),       ErrorResponse.BAD_REQUEST);
        check(!headers.contains(""),                                        ErrorResponse.BAD_REQUEST);
        check(count(headers, "content-type") <= 1,                          ErrorResponse.BAD_REQUEST);
        check(count(headers, "content-length") <= 1,                        ErrorResponse.BAD_REQUEST);
        check(chunkedAtMost(headers.getAll("transfer-encoding")),           ErrorResponse.BAD_REQUEST);
        // spotless:on
    }

    /** Rules for a request to one account. */
    public static void checkAccount(GatewayAccount account, HttpServerRequest request, int bodyBytesMax) {
        var headers = request.headers();
        // spotless:off
        check(request.method().equals(HttpMethod.POST),                     ErrorResponse.METHOD_NOT_ALLOWED);
        check(contentLength(headers) <= bodyBytesMax,                       ErrorResponse.TOO_LARGE);
        check(identity(headers.getAll("content-encoding")),                 ErrorResponse.UNSUPPORTED_TYPE);
        check(accepted(headers, account.contentTypes()),                    ErrorResponse.UNSUPPORTED_TYPE);
        // spotless:on
    }

    private static void check(boolean holds, ErrorResponse response) {
        if (!holds) {
            throw new ErrorResponseException(response);
        }
    }

    private static int count(MultiMap headers, String name) {
        return headers.getAll(name).size();
    }

    private static boolean blank(MultiMap headers, String name) {
        return String.valueOf(headers.get(name)).isBlank();
    }

    private static boolean chunkedAtMost(List<String> codings) {
        return codings.isEmpty()
                || codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
    }

    private static boolean identity(List<String> encodings) {
        return encodings.isEmpty()
                || encodings.size() == 1 && encodings.get(0).strip().equalsIgnoreCase("identity");
    }

    private static boolean accepted(MultiMap headers, Set<String> mediaTypes) {
        var type = headers.get("content-type");
        return type != null && mediaTypes.contains(mediaType(type));
    }

    private static String mediaType(String contentType) {
        var semicolon = contentType.indexOf(';');
        var type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
        return type.strip().toLowerCase(Locale.ROOT);
    }

    private static long contentLength(MultiMap headers) {
        var length = headers.get("content-length");
        return length == null ? 0 : Long.parseLong(length.strip());
    }
}
