package watchdog.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** Sends datagrams to one unix socket, and never waits for whoever reads there. */
public final class UnixDatagrams {

    private final AFUNIXDatagramChannel channel;
    private final AFUNIXSocketAddress receiver;

    private UnixDatagrams(AFUNIXDatagramChannel channel, AFUNIXSocketAddress receiver) {
        this.channel = channel;
        this.receiver = receiver;
    }

    /**
     * Makes one, whether or not anybody reads there yet.
     *
     * @param address a path from the root, or {@code @} and a name in the abstract namespace (unix(7))
     * @throws IOException naming the cause, also if the address is of neither form
     */
    public static UnixDatagrams to(String address) throws IOException {
        if (!address.startsWith("/") && !address.startsWith("@")) {
            throw new IOException("not the address of a unix socket");
        }
        AFUNIXDatagramChannel channel = NativeSockets.openForDatagrams();
        channel.configureBlocking(false);
        AFUNIXSocketAddress receiver = address.startsWith("@")
                ? AFUNIXSocketAddress.inAbstractNamespace(address.substring(1))
                : AFUNIXSocketAddress.of(Path.of(address));
        return new UnixDatagrams(channel, receiver);
    }

    /**
     * Sends a text, in UTF-8, on any thread.
     *
     * @return false if too much waits there already to be read: it is not sent then
     * @throws IOException in the operating system's words, if nobody reads there
     */
    public boolean send(String text) throws IOException {
        return channel.send(ByteBuffer.wrap(text.getBytes(UTF_8)), receiver) > 0;
    }
}
