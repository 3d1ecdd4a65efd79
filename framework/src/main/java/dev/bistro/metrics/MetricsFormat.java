package dev.bistro.metrics;

import dev.bistro.http.MediaType;
import java.util.List;
import java.util.Locale;

/**
 * How metrics are written. Samples have the same names and labels in both formats.
 *
 * <pre>
 *   # HELP http_server_active_requests Requests that are under way, …
 *   # TYPE http_server_active_requests gauge
 *   http_server_active_requests{http_request_method="GET"} 1
 * </pre>
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Prometheus' exposition formats</a>
 * @see <a href="https://prometheus.io/docs/specs/om/open_metrics_spec/">OpenMetrics 1.0</a>
 */
public enum MetricsFormat {
    /** Prometheus' text format 0.0.4. */
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    /** OpenMetrics 1.0: with units, an end, and metrics that are named without {@code _total}. */
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

    private static final double LONGEST_INTEGER = 1L << 53; // from here on a double has no room for each of them

    private final String contentType;

    MetricsFormat(String contentType) {
        this.contentType = contentType;
    }

    /** The media type, with its version. */
    public MediaType mediaType() {
        return MediaType.parse(contentType);
    }

    /** Writes metrics; their names have to be different. */
    public String write(List<MetricFamily> families) {
        var text = new StringBuilder(16 * 1024);
        families.forEach(family -> write(family, text));
        return this == OPEN_METRICS ? text.append("# EOF\n").toString() : text.toString();
    }

    private void write(MetricFamily family, StringBuilder text) {
        if (family.samples().isEmpty()) {
            return;
        }
        boolean isTotal = family.kind() == MetricFamily.Kind.COUNTER && this == PROMETHEUS;
        String name = isTotal ? family.name() + "_total" : family.name();
        text.append("# HELP ").append(name).append(' ');
        escape(family.help(), this == OPEN_METRICS, text);
        text.append("\n# TYPE ").append(name).append(' ');
        text.append(family.kind().name().toLowerCase(Locale.ROOT)).append('\n');
        if (this == OPEN_METRICS && !family.unit().isEmpty()) {
            text.append("# UNIT ").append(name).append(' ').append(family.unit());
            text.append('\n');
        }
        family.samples().forEach(sample -> write(family.name(), sample, text));
    }

    private static void write(String name, MetricFamily.Sample sample, StringBuilder text) {
        text.append(name).append(sample.suffix());
        char before = '{';
        for (Labels.Label label : sample.labels().all()) {
            text.append(before).append(label.name()).append("=\"");
            escape(label.value(), true, text);
            text.append('"');
            before = ',';
        }
        text.append(before == '{' ? " " : "} ").append(number(sample.value()));
        text.append('\n');
    }

    private static void escape(String raw, boolean quotes, StringBuilder text) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(quotes ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }

    /** A number without a fraction where it has none; NaN and the infinities as both formats have them. */
    private static String number(double value) {
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        boolean isInteger = value == Math.rint(value) && Math.abs(value) < LONGEST_INTEGER;
        return isInteger ? Long.toString((long) value) : Double.toString(value);
    }
}
