package watchdog.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    private static List<String> lines(Table table) {
        return table.toString().lines().toList();
    }

    @Test
    void aColumnIsAsWideAsItsWidestCellAndThreeBlanks() {
        Table table = new Table(
                List.of("ID", "IMAGE", "NAME"),
                List.of(List.of("1f2e", "busybox", "web"), List.of("2", "nginx", "api")));

        assertThat(lines(table))
                .containsExactly(
                        "ID     IMAGE     NAME", //
                        "1f2e   busybox   web",
                        "2      nginx     api");
    }

    @Test
    void aHeaderCanBeTheWidestCell() {
        assertThat(lines(new Table(List.of("CONTAINER ID", "NAME"), List.of(List.of("1f", "web")))))
                .containsExactly(
                        "CONTAINER ID   NAME", //
                        "1f             web");
    }

    @Test
    void emptyCellsKeepTheirColumn() {
        assertThat(lines(new Table(List.of("ID", "IMAGE", "NAME"), List.of(List.of("", "", "web")))))
                .containsExactly(
                        "ID   IMAGE   NAME", //
                        "             web");
    }

    @Test
    void noLineEndsWithBlanks() {
        assertThat(lines(new Table(List.of("ID", "STATUS"), List.of(List.of("1f", ""), List.of("2e", "Up 3 minutes")))))
                .containsExactly(
                        "ID   STATUS", //
                        "1f",
                        "2e   Up 3 minutes");
    }

    @Test
    void withoutRowsThereIsTheHeader() {
        assertThat(new Table(List.of("ID", "NAME"), List.of())).hasToString("ID   NAME");
    }
}
