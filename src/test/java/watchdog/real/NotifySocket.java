package watchdog.real;

import static java.nio.charset.StandardCharsets.UTF_8;
import static watchdog.Eventually.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.newsclub.net.unix.AFUNIXDatagramSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** The end of sd_notify(3) that systemd has: a socket of the test's own, which keeps what it is told. */
public final class NotifySocket implements AutoCloseable {

    /** In bytes, as systemd's. */
    private static final int LARGEST = 4096;

    private final String address;
    private final AFUNIXDatagramSocket socket;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private NotifySocket(String address, AFUNIXSocketAddress bound) {
        this.address = address;
        try {
            socket = AFUNIXDatagramSocket.newInstance();
            socket.bind(bound);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One at a path. */
    public static NotifySocket at(Path path) {
        return unread(path).read();
    }

    /** One at a path, which nobody reads. */
    public static NotifySocket unread(Path path) {
        try {
            return new NotifySocket(path.toString(), AFUNIXSocketAddress.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One with a name in the abstract namespace, as where systemd runs in a container. */
    public static NotifySocket abstractNamed(String name) {
        try {
            return new NotifySocket("@" + name, AFUNIXSocketAddress.inAbstractNamespace(name)).read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NotifySocket read() {
        Thread reader = new Thread(this::keep, "notify socket");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    private void keep() {
        byte[] bytes = new byte[LARGEST];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                String text = new String(packet.getData(), 0, packet.getLength(), UTF_8);
                lines.addAll(Arrays.asList(text.split("\n")));
            }
        } catch (IOException e) {
            // It is closed.
        }
    }

    /** What {@code NOTIFY_SOCKET} is to be. */
    public String address() {
        return address;
    }

    /** What was told so far. */
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /** How often that was told so far. */
    public long count(String line) {
        return lines.stream().filter(line::equals).count();
    }

    /** Waits until a line that matches this regular expression is told. */
    public void await(String regex, Duration limit) {
        within(limit, "told " + regex, this::lines, told -> told.stream().anyMatch(line -> line.matches(regex)));
    }

    /** Waits until that was told so many times more. */
    public void awaitMore(int times, String line, Duration limit) {
        long before = count(line);
        within(limit, line + ", " + times + " times more", () -> count(line) >= before + times);
    }

    @Override
    public void close() {
        socket.close();
    }
}
