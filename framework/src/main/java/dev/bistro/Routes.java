package dev.bistro;

import dev.bistro.body.json.StandardCodecs;
import dev.bistro.description.DescribedApplication;
import dev.bistro.description.JsonCode;
import dev.bistro.description.RoutesJson;
import dev.bistro.description.RoutesTable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@code --routes} prints.
 *
 * @param titles the names of libraries by the classes that they bring
 * @param code what writes and reads JSON
 */
record Routes(Class<?> application, DescribedApplication described, Map<Class<?>, String> titles, JsonCode code) {
    /** For people. */
    String table() {
        return new RoutesTable(application.getSimpleName(), described, titles, code).text();
    }

    /** For programs: one JSON object, in ASCII, whatever the encoding of the output is. */
    String json() {
        var all = new LinkedHashMap<String, Object>();
        all.put("application", application.getName());
        all.putAll(new RoutesJson(titles, code).of(described));
        byte[] json = StandardCodecs.create().anyJson().write(all);
        return ascii(new String(json, StandardCharsets.UTF_8)) + "\n";
    }

    private static String ascii(String json) {
        var ascii = new StringBuilder(json.length());
        for (char character : json.toCharArray()) {
            if (character < 0x7f) {
                ascii.append(character);
            } else {
                ascii.append(String.format("\\u%04x", (int) character));
            }
        }
        return ascii.toString();
    }
}
