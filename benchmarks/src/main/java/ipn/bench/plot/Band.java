package ipn.bench.plot;

/**
 * A time that a chart marks by its background.
 *
 * @param from in seconds since 1970, as {@code to}
 * @param name what is written above the chart, if there is room
 * @param detail what the viewer says where the pointer is over the band
 */
public record Band(double from, double to, Level level, String name, String detail) {
    /** How urgent it is; of bands at the same time the background is that of the most urgent. */
    public enum Level {
        PAGE("#ffd8d3", "#a40e26"),
        TICKET("#ffeecb", "#8a4600");

        private final String fill;
        private final String ink;

        Level(String fill, String ink) {
            this.fill = fill;
            this.ink = ink;
        }

        /** The colour of the background. */
        public String fill() {
            return fill;
        }

        String ink() {
            return ink;
        }
    }
}
