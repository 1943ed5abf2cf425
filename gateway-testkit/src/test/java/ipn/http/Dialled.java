package ipn.http;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Keeps whom clients made meanwhile are about to connect to, and leads all but localhost to a proxy, so that a test reaches
 * nobody outside.
 */
final class Dialled extends ProxySelector implements AutoCloseable {
    private final ProxySelector usual = ProxySelector.getDefault();
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private final int proxyPort;
    private final Runnable first;

    Dialled() {
        this(1);
    }

    Dialled(int proxyPort) {
        this(proxyPort, () -> {});
    }

    /** @param first what happens before the way is found; may block */
    Dialled(Runnable first) {
        this(1, first);
    }

    private Dialled(int proxyPort, Runnable first) {
        this.proxyPort = proxyPort;
        this.first = first;
        ProxySelector.setDefault(this);
    }

    @Override
    public List<Proxy> select(URI url) {
        hosts.add(url.getHost());
        first.run();
        var proxy = new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("localhost", proxyPort));
        return List.of("localhost".equals(url.getHost()) ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public void connectFailed(URI url, SocketAddress address, IOException failure) {
        // the test sees it
    }

    List<String> hosts() {
        return List.copyOf(hosts);
    }

    @Override
    public void close() {
        ProxySelector.setDefault(usual);
    }
}
