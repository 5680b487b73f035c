package watchdog.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many starts may be under way at a time: 1 to 256. */
final class ParallelOption implements ITypeConverter<Integer> {

    private static final int MOST = 256;

    @Override
    public Integer convert(String value) {
        int number = value.matches("[0-9]{1,3}") ? Integer.parseInt(value) : 0;
        if (number < 1 || number > MOST) {
            throw new TypeConversionException("'" + value + "' is not a number from 1 to " + MOST);
        }
        return number;
    }
}
