package dev.bistro.openapi.check;

import dev.bistro.http.MediaType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds bodies against what a document says of their media type: JSON as a whole, lines and events one by one. */
record BodyItems(SchemaCheck schemas) {
    /** What is wrong with a body, a sentence each. */
    List<String> faults(Map<String, Object> media, MediaType type, Optional<byte[]> body) {
        Object item = media.getOrDefault("itemSchema", media.get("x-itemSchema"));
        if (body.isEmpty()) {
            return List.of();
        }
        if (item != null) {
            return type.subtype().equals("event-stream")
                    ? events(item, text(body.get()))
                    : lines(item, text(body.get()));
        }
        return type.isJson() && media.containsKey("schema") ? json(media.get("schema"), body.get(), "") : List.of();
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }

    private List<String> json(Object schema, byte[] body, String where) {
        Object value;
        try {
            value = Json.read(body);
        } catch (RuntimeException noJson) {
            return List.of(where + "the body is no JSON: " + noJson.getMessage());
        }
        return schemas.faults(schema, value).stream()
                .map(fault -> where + fault)
                .toList();
    }

    private List<String> lines(Object schema, String text) {
        var faults = new ArrayList<String>();
        int number = 0;
        for (String line : text.split("\n")) {
            number++;
            if (!line.isBlank()) {
                faults.addAll(json(schema, line.getBytes(StandardCharsets.UTF_8), "line " + number + ", "));
            }
        }
        return faults;
    }

    /** Events as objects of their fields, and the data of each as what it is described to contain. */
    private List<String> events(Object schema, String text) {
        var faults = new ArrayList<String>();
        int number = 0;
        for (String block : text.split("\n\n")) {
            Map<String, Object> event = fields(block);
            if (event.containsKey("data")) {
                number++;
                String where = "event " + number + ", ";
                schemas.faults(schema, event).forEach(fault -> faults.add(where + fault));
                Map<String, Object> data = Json.map(Json.map(schema, "properties"), "data");
                if (data.containsKey("contentSchema")) {
                    byte[] json = event.get("data").toString().getBytes(StandardCharsets.UTF_8);
                    faults.addAll(json(data.get("contentSchema"), json, where + "in its data "));
                }
            }
        }
        return faults;
    }

    private static Map<String, Object> fields(String block) {
        var fields = new LinkedHashMap<String, Object>();
        for (String line : block.split("\n")) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? line : line.substring(0, colon);
            if (List.of("id", "event", "data").contains(name)) {
                String value = colon < 0 ? "" : line.substring(colon + 1);
                String text = value.startsWith(" ") ? value.substring(1) : value;
                fields.merge(name, text, (before, more) -> name.equals("data") ? before + "\n" + more : more);
            }
        }
        return fields;
    }
}
