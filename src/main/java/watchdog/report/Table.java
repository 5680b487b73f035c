package watchdog.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Columns under a header, as wide as their widest cell, as docker prints them; each cell is {@link OneLine}.
 *
 * @param rows each with as many cells as the header
 */
public record Table(List<String> header, List<List<String>> rows) {

    private static final int GAP = 3;

    public Table {
        rows = rows.stream().map(Table::inOneLineEach).toList();
    }

    private static List<String> inOneLineEach(List<String> row) {
        return row.stream().map(OneLine::of).toList();
    }

    @Override
    public String toString() {
        int[] widths = IntStream.range(0, header.size()).map(this::width).toArray();
        return lines().map(row -> line(row, widths)).collect(Collectors.joining(System.lineSeparator()));
    }

    private Stream<List<String>> lines() {
        return Stream.concat(Stream.of(header), rows.stream());
    }

    private int width(int column) {
        return lines().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
        }
        return line.toString().stripTrailing();
    }
}
