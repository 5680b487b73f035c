package watchdog.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A server on 127.0.0.1 that reads the head of each request, and does with the connection what a test wants. */
final class TlsServer implements Closeable {

    /** What is done with a connection; it is closed after that. */
    @FunctionalInterface
    interface Conduct {
        void accept(Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    private TlsServer(ServerSocket server, Conduct conduct) {
        this.server = server;
        Thread accepting = new Thread(() -> accept(conduct), "tls server");
        accepting.setDaemon(true);
        accepting.start();
    }

    /** One that speaks TLS. */
    static TlsServer with(SSLContext context, boolean wantsCertificate, Conduct conduct) throws IOException {
        SSLServerSocket server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(0, 10, InetAddress.getLoopbackAddress());
        server.setNeedClientAuth(wantsCertificate);
        return new TlsServer(server, conduct);
    }

    /** One that does not. */
    static TlsServer plain(Conduct conduct) throws IOException {
        return new TlsServer(new ServerSocket(0, 10, InetAddress.getLoopbackAddress()), conduct);
    }

    /** Answers each request with that, and ends the connection. */
    static Conduct answering(Function<String, String> answer) {
        return socket -> {
            String head = head(socket.getInputStream());
            socket.getOutputStream().write(answer.apply(head).getBytes(US_ASCII));
        };
    }

    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException(head.toString());
            }
            head.append((char) b);
        }
        return head.toString();
    }

    private void accept(Conduct conduct) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread serving = new Thread(() -> serve(socket, conduct), "tls connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException e) {
                // closed
            }
        }
    }

    private static void serve(Socket socket, Conduct conduct) {
        try (socket) {
            conduct.accept(socket);
        } catch (Exception e) {
            // as the client wants it
        }
    }

    String host(String name) {
        return "tcp://" + name + ":" + server.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
