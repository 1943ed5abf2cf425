package ipn.ingress;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a client: by its IPv4 address, or the first 64 bits of its IPv6 address, because one household or server
 * has all addresses of such a network.
 */
record ClientAddress(String hex) {
    /** Clients whose address is not known share one. */
    private static final ClientAddress UNKNOWN = new ClientAddress("");

    private static final int IPV6_BYTES = 16;
    private static final int IPV6_NETWORK_BYTES = 8;

    static ClientAddress of(@Nullable SocketAddress remote) {
        return remote == null || remote.hostAddress() == null
                ? UNKNOWN
                : parse(remote.hostAddress()).orElse(UNKNOWN);
    }

    /** The address that a proxy appended last to a header such as {@code X-Forwarded-For}; empty if it is no address. */
    static Optional<ClientAddress> forwarded(String header) {
        return parse(header.substring(header.lastIndexOf(',') + 1).strip());
    }

    /** Literals only: no name is ever resolved. */
    private static Optional<ClientAddress> parse(String literal) {
        var bytes = NetUtil.createByteArrayFromIpAddressString(literal);
        return Optional.ofNullable(bytes).map(ClientAddress::network);
    }

    private static ClientAddress network(byte[] address) {
        var kept = address.length == IPV6_BYTES && !mapped(address)
                ? Arrays.copyOf(address, IPV6_NETWORK_BYTES)
                : Arrays.copyOfRange(address, address.length - 4, address.length);
        return new ClientAddress(HexFormat.of().formatHex(kept));
    }

    /** An IPv4 address in the form {@code ::ffff:192.0.2.1}. */
    private static boolean mapped(byte[] address) {
        return Arrays.equals(address, 0, 12, new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1}, 0, 12);
    }
}
