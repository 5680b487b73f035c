package watchdog.notify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import watchdog.report.InWords;
import watchdog.report.OneLine;

/** Posts messages to a {@link Webhook}. Only a status of 200 to 299 is success, and no redirection is followed. */
final class WebhookTarget implements Target {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    static final Duration ANSWER = Duration.ofSeconds(10);

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final String name;
    private final Webhook webhook;
    private final HttpClient client;
    private final Duration patience;

    /**
     * Makes one.
     *
     * @param number among the webhooks, from 1 on
     * @param patience until the status of its answer is there
     */
    WebhookTarget(int number, Webhook webhook, HttpClient client, Duration patience) {
        this.name = "webhook " + number + " (" + webhook.origin() + ")";
        this.webhook = webhook;
        this.client = client;
        this.patience = patience;
    }

    /**
     * What all webhooks are asked by.
     *
     * @param authorities as of {@link NotifySettings}
     * @throws IOException if that cannot be read
     */
    static HttpClient client(Optional<Path> authorities) throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT);
        if (authorities.isPresent()) {
            builder.sslContext(Authorities.read(authorities.get()).context());
        }
        return builder.build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer deliver(Message message) throws InterruptedException {
        CompletableFuture<HttpResponse<InputStream>> asked =
                client.sendAsync(request(message), BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> response = asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            response.body().close();
            return answer(response.statusCode());
        } catch (TimeoutException e) {
            return Answer.notNow("no answer within " + InWords.duration(patience));
        } catch (ExecutionException e) {
            // Java's client does not close such a connection, so it had better not be tried often.
            return e.getCause() instanceof ProtocolException
                    ? Answer.never("did not answer in HTTP")
                    : Answer.notNow(words(e.getCause()));
        } catch (IOException e) {
            return Answer.notNow("the answer broke off");
        } finally {
            // Ends what is under way, if there is anything.
            asked.cancel(true);
        }
    }

    private HttpRequest request(Message message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(webhook.uri())
                .setHeader("Content-Type", "application/json")
                .setHeader("User-Agent", "watchdog")
                .POST(BodyPublishers.ofString(message.json(), UTF_8));
        webhook.headers()
                .forEach(header ->
                        request.setHeader(header.name(), header.value().value()));
        return request.build();
    }

    private static Answer answer(int status) {
        String words = "answered " + status;
        return switch (status / 100) {
            case 2 -> Answer.taken(words);
            case 3 -> Answer.never(words + ", and redirections are not followed");
            case 4 ->
                status == REQUEST_TIMEOUT || status == TOO_MANY_REQUESTS ? Answer.notNow(words) : Answer.never(words);
            default -> Answer.notNow(words);
        };
    }

    /** Without the message of the fault, which may have the URL, but for TLS, where it tells what to do. */
    private static String words(@Nullable Throwable fault) {
        if (fault instanceof SSLException) {
            return "no TLS: " + OneLine.of(String.valueOf(fault.getMessage()));
        } else if (fault instanceof HttpConnectTimeoutException) {
            return "no connection within " + InWords.duration(CONNECT);
        } else if (fault instanceof ConnectException && fault.getCause() instanceof UnresolvedAddressException) {
            return "its host is not known";
        } else if (fault instanceof ConnectException) {
            return "no connection";
        }
        return fault == null ? "no answer" : "no answer (" + fault.getClass().getSimpleName() + ")";
    }
}
