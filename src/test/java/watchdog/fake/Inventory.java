package watchdog.fake;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** The containers and images that a fake engine has. */
final class Inventory {
    private final FakeEngine engine;
    private final Monitor monitor;
    private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
    private final Map<String, Long> images = new LinkedHashMap<>(Map.of("busybox:local", 1_982_277L));
    private final Random random = new Random(20);

    Inventory(FakeEngine engine) {
        this.engine = engine;
        this.monitor = engine.monitor();
    }

    /** A container that is not yet seen. */
    FakeContainer conceive(String name) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new FakeContainer(new ContainerModel(engine, HexFormat.of().formatHex(bytes), name), engine);
    }

    void show(FakeContainer container) {
        monitor.run(() -> {
            containers.put(container.id(), container);
            images.putIfAbsent(container.model().image, 1_000_000L);
        });
    }

    void forget(String id) {
        containers.remove(id);
    }

    void image(String name, long size) {
        monitor.run(() -> images.put(name, size));
    }

    boolean hasImage(String name) {
        return monitor.get(() -> images.containsKey(name));
    }

    List<FakeContainer> newestFirst() {
        return monitor.get(() -> {
            Deque<FakeContainer> newest = new ArrayDeque<>();
            containers.values().forEach(newest::addFirst);
            return List.copyOf(newest);
        });
    }

    Optional<FakeContainer> named(String name) {
        return monitor.get(() -> containers.values().stream()
                .filter(container -> container.model().name.equals(name))
                .findFirst());
    }

    /** By id, else by name, else by the beginning of an id, as moby looks for it. */
    FakeContainer find(String reference) throws Refusal {
        String wanted = reference.replaceFirst("^/", "");
        List<FakeContainer> found = monitor.get(() -> {
            if (containers.containsKey(wanted)) {
                return List.of(containers.get(wanted));
            }
            return named(wanted)
                    .map(List::of)
                    .orElseGet(() -> containers.values().stream()
                            .filter(container -> container.id().startsWith(wanted))
                            .toList());
        });
        if (found.isEmpty()) {
            throw Refusal.noSuchContainer(reference);
        }
        if (found.size() > 1) {
            throw new Refusal(400, "multiple IDs found with provided prefix: " + reference);
        }
        return found.get(0);
    }

    void refuseTaken(String name) throws Refusal {
        Optional<FakeContainer> owner = named(name);
        if (owner.isPresent()) {
            throw new Refusal(
                    409,
                    "Conflict. The container name \"/%s\" is already in use by container \"%s\". You have to remove"
                                    .formatted(name, owner.get().id())
                            + " (or rename) that container to be able to reuse that name.");
        }
    }

    /** The answer of {@code /images/json}. */
    List<Map<String, Object>> imageRows() {
        return monitor.get(() -> images.entrySet().stream()
                .map(image -> Json.object(
                        "Containers", -1,
                        "Created", Instant.now().getEpochSecond(),
                        "Id", imageId(image.getKey()),
                        "Labels", null,
                        "ParentId", "",
                        "RepoDigests", List.of(),
                        "RepoTags", List.of(image.getKey()),
                        "SharedSize", -1,
                        "Size", image.getValue()))
                .toList());
    }

    static String imageId(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
