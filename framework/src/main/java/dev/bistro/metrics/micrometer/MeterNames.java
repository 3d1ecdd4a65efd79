package dev.bistro.metrics.micrometer;

import dev.bistro.metrics.MetricFamily;
import io.micrometer.core.instrument.Meter;
import java.util.List;
import java.util.Map;

/**
 * Names of Prometheus and of Micrometer for the same. {@code bistro_buffered_bytes} is {@code bistro.buffered} with the
 * unit {@code bytes}; a timer {@code cook.time} is {@code cook_time_seconds}, as in Micrometer's registry for
 * Prometheus.
 */
final class MeterNames {
    /** As OpenTelemetry's conventions name it. */
    static final String REQUEST_DURATION = "http.server.request.duration";

    static final String METHOD = "http.request.method";
    static final String STATUS = "http.response.status_code";
    static final String ROUTE = "http.route";

    private static final Map<String, String> LABELS =
            Map.of("http_request_method", METHOD, "tls_protocol_version", "tls.protocol.version");

    /** What a metric's name doesn't end in, since the names of samples do. */
    private static final List<String> RESERVED = List.of("_total", "_created", "_bucket", "_info");

    /** Labels that mean something by themselves, so that a tag of the name gets another. */
    private static final List<String> RESERVED_LABELS = List.of("le", "quantile");

    private MeterNames() {}

    // ---- from Prometheus to Micrometer

    static String ofFamily(MetricFamily family) {
        String name = family.name();
        String unit = family.unit();
        String bare = unit.isEmpty() ? name : name.substring(0, name.length() - unit.length() - 1);
        return bare.replace('_', '.');
    }

    /** The base unit as builders of meters take it; null if it has none. */
    static String unit(MetricFamily family) {
        return family.unit().isEmpty() ? null : family.unit();
    }

    static String ofLabel(String label) {
        return LABELS.getOrDefault(label, label.replace('_', '.'));
    }

    // ---- from Micrometer to Prometheus

    /** The name of a metric, with its unit and without what the names of samples add. May be empty. */
    static String ofMeter(Meter.Id id, String unit) {
        String name = id.getName().replace('.', '_');
        String withUnit = unit.isEmpty() || name.endsWith("_" + unit) ? name : name + "_" + unit;
        String bare = clean(withUnit, true);
        for (int i = 0; i < RESERVED.size(); i++) {
            if (bare.endsWith(RESERVED.get(i))) {
                bare = bare.substring(0, bare.length() - RESERVED.get(i).length());
                i = -1; // there may be several, in any order
            }
        }
        return bare;
    }

    static String ofTag(String key) {
        String label = clean(key, false);
        return RESERVED_LABELS.contains(label) ? "exported_" + label : label;
    }

    /** Letters, digits and underscores, and no digit at first; colons where names of metrics may have them. */
    private static String clean(String name, boolean colons) {
        var text = new StringBuilder(name);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || colons && c == ':';
            boolean isDigit = c >= '0' && c <= '9' && i > 0;
            if (!isLetter && !isDigit) {
                text.setCharAt(i, '_');
            }
        }
        return text.toString();
    }
}
