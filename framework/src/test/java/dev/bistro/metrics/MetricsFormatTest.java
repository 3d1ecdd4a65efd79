package dev.bistro.metrics;

import static dev.bistro.metrics.MetricFamily.counter;
import static dev.bistro.metrics.MetricFamily.gauge;
import static dev.bistro.metrics.MetricFamily.total;
import static dev.bistro.metrics.MetricFamily.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsFormatTest {
    private static final List<MetricFamily> FAMILIES = List.of(
            counter("eaten", "Says \"a\\b\"\nand more.", total("name", "a\\b\"c\"\nd", 2)),
            gauge("held_bytes", "Held.", value(1.5)),
            gauge("nothing", "None."));

    @Test
    void writesPrometheusTextFormat() {
        assertEquals("""
                # HELP eaten_total Says "a\\\\b"\\nand more.
                # TYPE eaten_total counter
                eaten_total{name="a\\\\b\\"c\\"\\nd"} 2
                # HELP held_bytes Held.
                # TYPE held_bytes gauge
                held_bytes 1.5
                """, MetricsFormat.PROMETHEUS.write(FAMILIES));
    }

    @Test
    void writesOpenMetrics() {
        assertEquals("""
                # HELP eaten Says \\"a\\\\b\\"\\nand more.
                # TYPE eaten counter
                eaten_total{name="a\\\\b\\"c\\"\\nd"} 2
                # HELP held_bytes Held.
                # TYPE held_bytes gauge
                # UNIT held_bytes bytes
                held_bytes 1.5
                # EOF
                """, MetricsFormat.OPEN_METRICS.write(FAMILIES));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-1, -1", "0.25, 0.25", "1e15, 1000000000000000", "1e-5, 1.0E-5", "1e17, 1.0E17"})
    void writesNumbers(double number, String text) {
        String written = MetricsFormat.PROMETHEUS.write(List.of(gauge("a", "A.", value(number))));

        assertTrue(written.endsWith("\na " + text + "\n"), written);
    }

    @ParameterizedTest
    @CsvSource({"Infinity, +Inf", "-Infinity, -Inf", "NaN, NaN"})
    void writesWhatIsNoNumber(double number, String text) {
        String written = MetricsFormat.PROMETHEUS.write(List.of(gauge("a", "A.", value(number))));

        assertTrue(written.endsWith("\na " + text + "\n"), written);
    }
}
