package watchdog.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A container, its parts, and the words for them. */
class ContainerTest {

    private static final String ID = "0123456789abcdef".repeat(4);

    private static Container container(String id) {
        return new Container(id, "web", Status.exited(1), Setup.of(Map.of("tier", "front")));
    }

    @Test
    void theShortIdIsTheOneThatDockerPrints() {
        assertThat(container(ID).shortId()).isEqualTo("0123456789ab");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "0123456789a", "0123456789ab"})
    void anIdThatIsShortAlreadyStaysAsItIs(String id) {
        assertThat(container(id).shortId()).isEqualTo(id);
    }

    @Test
    void isCalledByItsNameAndShortId() {
        assertThat(container(ID)).hasToString("web (0123456789ab)");
    }

    @Test
    void changesItsNameOrItsStatusAndNothingElse() {
        Container web = container(ID);

        assertThat(web.named("api")).isEqualTo(new Container(ID, "api", web.status(), web.setup()));
        assertThat(web.withStatus(Status.of(ContainerState.DEAD)))
                .isEqualTo(new Container(ID, "web", Status.of(ContainerState.DEAD), web.setup()))
                .extracting(Container::state)
                .isEqualTo(ContainerState.DEAD);
    }

    @ParameterizedTest
    @CsvSource({"'', false", "no, false", "always, true", "unless-stopped, true", "on-failure, true"})
    void dockersOwnRestartPolicyActsUnlessThereIsNone(String policy, boolean has) {
        assertThat(new Setup(Map.of(), List.of(), policy, false, "", null).hasDockerPolicy())
                .isEqualTo(has);
    }

    @Test
    void aSetupOfWhichOnlyTheLabelsAreKnownHasNothingElse() {
        assertThat(Setup.of(Map.of("a", "b"))).isEqualTo(new Setup(Map.of("a", "b"), List.of(), "", false, "", null));
    }

    @Test
    void itsStatusChangesInOneThingAtATime() {
        Instant started = Instant.parse("2026-11-22T03:00:00Z");
        Instant finished = Instant.parse("2026-11-22T04:00:00Z");
        Status status = new Status(
                ContainerState.EXITED,
                Health.STARTING,
                OptionalInt.of(3),
                "port is taken",
                started,
                finished,
                Duration.ofSeconds(5));

        assertThat(status.withHealth(Health.HEALTHY))
                .isEqualTo(new Status(
                        ContainerState.EXITED,
                        Health.HEALTHY,
                        OptionalInt.of(3),
                        "port is taken",
                        started,
                        finished,
                        Duration.ofSeconds(5)));
        assertThat(status.withDownFor(Duration.ofHours(1)))
                .isEqualTo(new Status(
                        ContainerState.EXITED,
                        Health.STARTING,
                        OptionalInt.of(3),
                        "port is taken",
                        started,
                        finished,
                        Duration.ofHours(1)));
        assertThat(Status.exited(3))
                .isEqualTo(new Status(
                        ContainerState.EXITED, Health.NONE, OptionalInt.of(3), "", null, null, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({
        "created, CREATED",
        "running, RUNNING",
        "paused, PAUSED",
        "restarting, RESTARTING",
        "removing, REMOVING",
        "exited, EXITED",
        "dead, DEAD",
    })
    void itsStateIsTheWordThatDockerHasForIt(String word, ContainerState state) {
        assertThat(ContainerState.of(word)).isEqualTo(state).hasToString(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EXITED", "Exited", " exited", "exited (1)", "initialized"})
    void itsStateIsUnknownWhereDockerHasNoSuchWord(String word) {
        assertThat(ContainerState.of(word)).isEqualTo(ContainerState.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"none, NONE", "starting, STARTING", "healthy, HEALTHY", "unhealthy, UNHEALTHY"})
    void itsHealthIsTheWordThatDockerHasForIt(String word, Health health) {
        assertThat(Health.of(word)).isEqualTo(health).hasToString(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "UNHEALTHY", "health: starting", "ill"})
    void itHasNoHealthWhereDockerHasNoSuchWord(String word) {
        assertThat(Health.of(word)).isEqualTo(Health.NONE);
    }

    @ParameterizedTest
    @CsvSource({"EXITED, exited", "UNHEALTHY, unhealthy", "CREATED, created"})
    void whatItIsRestartedOnIsTheWordOnTheCommandLine(Trigger trigger, String word) {
        assertThat(trigger).hasToString(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ALWAYS", "unless_stopped", "never"})
    void aModeOfAnotherNameIsNone(String word) {
        assertThat(RestartMode.of(word)).isNull();
    }

    @ParameterizedTest(name = "\"{0}\": {1}")
    @CsvSource({
        "1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f, true",
        "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef, true",
        "1F1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f, false",
        "gf1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f, false",
        "1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1, false",
        "1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1, false",
        "1-1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f1f, false",
        "vpn, false",
        "'', false",
    })
    void anIdIs64HexDigitsInLowerCase(String text, boolean isId) {
        assertThat(Container.isId(text)).isEqualTo(isId);
    }

    @ParameterizedTest
    @EnumSource
    void isDownWhereItHasExitedOrWasOnlyCreated(ContainerState state) {
        boolean down = state == ContainerState.EXITED || state == ContainerState.CREATED;

        assertThat(container(ID).withStatus(Status.of(state)).isDown()).isEqualTo(down);
    }
}
