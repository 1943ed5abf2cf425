package ipn.runtime.caller;

/** Why a caller gets no answer. None repeats what was sent. */
public enum Refusal {
    // spotless:off
    NOT_AUTHENTIC (401, "no bearer token or client certificate that is valid here"),
    NOT_LOCAL     (403, "only programs on this machine may ask, by its address or localhost"),
    NO_ROLE       (403, "no role that may do this"),
    TOO_MANY      (429, "too many requests of this caller"),
    BUSY          (503, "too many callers to verify at once"),
    ISSUER_AWAY   (503, "the keys of the token's issuer cannot be fetched");
    // spotless:on

    private final int status;
    private final String detail;

    Refusal(int status, String detail) {
        this.status = status;
        this.detail = detail;
    }

    /** Of HTTP. */
    public int status() {
        return status;
    }

    /** For people. */
    public String detail() {
        return detail;
    }
}
