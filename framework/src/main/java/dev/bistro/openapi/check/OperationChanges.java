package dev.bistro.openapi.check;

import dev.bistro.openapi.check.SchemaChanges.Direction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What has changed in an operation: its parameters, its body, its answers, and who may call it. */
final class OperationChanges {
    private static final String REQUIRED = "required";
    private static final String SCHEMA = "schema";
    private static final String MESSAGES = "x-websocket";
    private static final String ANY_LOGIN = "any login"; // as x-access has it

    private final References before;
    private final References after;
    private final Changes changes;
    private final SchemaChanges schemas;

    OperationChanges(References before, References after, Changes changes) {
        this.before = before;
        this.after = after;
        this.changes = changes;
        this.schemas = new SchemaChanges(before, after, changes);
    }

    /** Parameters, those of the path with their number as their name: clients send no names of these. */
    static List<Object> numbered(String path, List<Object> parameters, References references) {
        var numbered = new ArrayList<Object>();
        List<String> variables = new ArrayList<>();
        Pattern.compile("\\{([^}]*)}").matcher(path).results().forEach(variable -> variables.add(variable.group(1)));
        for (Object parameter : parameters) {
            var known = new LinkedHashMap<>(references.map(parameter));
            if ("path".equals(known.get("in"))) {
                known.put("number", variables.indexOf(known.get("name")) + 1);
            }
            numbered.add(known);
        }
        return numbered;
    }

    void compare(Map<String, Object> one, Map<String, Object> other, String where) {
        DocumentWording.compare(words(one), words(other), where, changes);
        parameters(one, other, where);
        body(before.map(one.get("requestBody")), after.map(other.get("requestBody")), where + ", body");
        answers(Json.map(one, "responses"), Json.map(other, "responses"), where);
        access(one, other, where);
        messages("receives", one, other, where + ", messages to the server", Direction.SENT);
        messages("sends", one, other, where + ", messages of the server", Direction.ANSWERED);
    }

    private void messages(
            String key, Map<String, Object> one, Map<String, Object> other, String where, Direction direction) {
        List<Object> was = Json.list(Json.map(one, MESSAGES), key);
        List<Object> is = Json.list(Json.map(other, MESSAGES), key);
        if (!was.isEmpty() || !is.isEmpty()) {
            schemas.compare(Map.of("anyOf", was), Map.of("anyOf", is), where, direction);
        }
    }

    /** An operation without what is compared in other ways than as words. */
    private static Map<String, Object> words(Map<String, Object> operation) {
        return without("x-access", without(MESSAGES, operation));
    }

    private static Map<String, Object> without(String key, Map<String, Object> tree) {
        var rest = new LinkedHashMap<>(tree);
        rest.remove(key);
        return rest;
    }

    // ---- parameters

    private void parameters(Map<String, Object> one, Map<String, Object> other, String where) {
        Map<String, Map<String, Object>> was = byName(one);
        Map<String, Map<String, Object>> is = byName(other);
        was.forEach((key, parameter) -> {
            String place = where + ", " + named(is.getOrDefault(key, parameter));
            if (is.containsKey(key)) {
                parameter(parameter, is.get(key), place);
            } else {
                changes.breaking(place, "is gone");
            }
        });
        is.forEach((key, parameter) -> {
            if (!was.containsKey(key)) {
                boolean isRequired = Boolean.TRUE.equals(parameter.get(REQUIRED));
                changes.add(
                        where + ", " + named(parameter), "is new" + (isRequired ? ", and required" : ""), isRequired);
            }
        });
    }

    private static Map<String, Map<String, Object>> byName(Map<String, Object> operation) {
        var all = new LinkedHashMap<String, Map<String, Object>>();
        for (Object each : Json.list(operation, "parameters")) {
            Map<String, Object> parameter = Json.map(each);
            String name = String.valueOf(parameter.getOrDefault("number", parameter.get("name")));
            Object in = parameter.get("in");
            all.put(in + " " + ("header".equals(in) ? name.toLowerCase(Locale.ROOT) : name), parameter);
        }
        return all;
    }

    private static String named(Map<String, Object> parameter) {
        return parameter.get("in") + " parameter " + parameter.get("name");
    }

    private void parameter(Map<String, Object> one, Map<String, Object> other, String where) {
        DocumentWording.compare(one, other, where, changes);
        required(one, other, where);
        for (String key : List.of("style", "explode", "allowReserved", "allowEmptyValue", "content")) {
            if (!Json.isSame(one.get(key), other.get(key))) {
                changes.breaking(where, DocumentWording.changed(key, one, other));
            }
        }
        if (!Json.isSame(one.get("name"), other.get("name"))) {
            changes.harmless(where, DocumentWording.changed("name", one, other));
        }
        schemas.compare(one.getOrDefault(SCHEMA, true), other.getOrDefault(SCHEMA, true), where, Direction.SENT);
    }

    private void required(Map<String, Object> one, Map<String, Object> other, String where) {
        boolean was = Boolean.TRUE.equals(one.get(REQUIRED));
        boolean is = Boolean.TRUE.equals(other.get(REQUIRED));
        if (was != is) {
            changes.add(where, is ? "is required now" : "is optional now", is);
        }
    }

    // ---- bodies

    private void body(Map<String, Object> one, Map<String, Object> other, String where) {
        if (one.isEmpty() && other.isEmpty()) {
            return;
        }
        if (one.isEmpty()) {
            boolean isRequired = Boolean.TRUE.equals(other.get(REQUIRED));
            changes.add(where, "is new" + (isRequired ? ", and required" : ""), isRequired);
        } else if (other.isEmpty()) {
            changes.breaking(where, "is gone");
        } else {
            DocumentWording.compare(one, other, where, changes);
            required(one, other, where);
            content(one, other, where, Direction.SENT);
        }
    }

    private void content(Map<String, Object> one, Map<String, Object> other, String where, Direction direction) {
        Map<String, Object> was = Json.map(one, "content");
        Map<String, Object> is = Json.map(other, "content");
        was.forEach((type, media) -> {
            String place = where + " " + type;
            if (is.containsKey(type)) {
                media(Json.map(media), Json.map(is.get(type)), place, direction);
            } else {
                changes.breaking(place, "is gone");
            }
        });
        is.keySet().stream()
                .filter(type -> !was.containsKey(type))
                .forEach(type -> changes.harmless(where + " " + type, "is new"));
    }

    private void media(Map<String, Object> one, Map<String, Object> other, String where, Direction direction) {
        schemas.compare(one.getOrDefault(SCHEMA, true), other.getOrDefault(SCHEMA, true), where, direction);
        for (String key : List.of("itemSchema", "x-itemSchema")) {
            schemas.compare(one.getOrDefault(key, true), other.getOrDefault(key, true), where + ", items", direction);
        }
        DocumentWording.compare(without("x-itemSchema", one), without("x-itemSchema", other), where, changes);
    }

    // ---- answers

    private void answers(Map<String, Object> one, Map<String, Object> other, String where) {
        one.forEach((status, response) -> {
            String place = where + ", " + status;
            if (!other.containsKey(status)) {
                changes.add(place, "is gone", !isError(status));
                return;
            }
            Map<String, Object> was = before.map(response);
            Map<String, Object> is = after.map(other.get(status));
            DocumentWording.compare(was, is, place, changes);
            headers(was, is, place);
            content(was, is, place, Direction.ANSWERED);
        });
        other.keySet().stream()
                .filter(status -> !one.containsKey(status))
                .forEach(status -> changes.harmless(where + ", " + status, "is new"));
    }

    private static boolean isError(String status) {
        return status.startsWith("4") || status.startsWith("5") || status.equals("default");
    }

    private void headers(Map<String, Object> one, Map<String, Object> other, String where) {
        Map<String, Map<String, Object>> was = byHeader(one, before);
        Map<String, Map<String, Object>> is = byHeader(other, after);
        was.forEach((name, header) -> {
            String place = where + ", header " + name;
            boolean wasThere = Boolean.TRUE.equals(header.get(REQUIRED));
            if (!is.containsKey(name)) {
                changes.add(place, "is gone", wasThere);
                return;
            }
            boolean isThere = Boolean.TRUE.equals(is.get(name).get(REQUIRED));
            if (wasThere != isThere) {
                changes.add(place, isThere ? "is always there now" : "may be missing now", wasThere);
            }
            DocumentWording.compare(header, is.get(name), place, changes);
            Object schema = is.get(name).getOrDefault(SCHEMA, true);
            schemas.compare(header.getOrDefault(SCHEMA, true), schema, place, Direction.ANSWERED);
        });
        is.keySet().stream()
                .filter(name -> !was.containsKey(name))
                .forEach(name -> changes.harmless(where + ", header " + name, "is new"));
    }

    private static Map<String, Map<String, Object>> byHeader(Map<String, Object> response, References references) {
        var all = new TreeMap<String, Map<String, Object>>(String.CASE_INSENSITIVE_ORDER);
        Json.map(response, "headers").forEach((name, header) -> all.put(name, references.map(header)));
        return all;
    }

    // ---- who may call it

    private void access(Map<String, Object> one, Map<String, Object> other, String where) {
        Set<String> was = logins(one);
        Set<String> is = logins(other);
        if (was.isEmpty() != is.isEmpty()) {
            changes.add(where, is.isEmpty() ? "needs no login any more" : "needs a login now", was.isEmpty());
        } else {
            was.stream()
                    .filter(login -> !is.contains(login) && !is.contains(ANY_LOGIN))
                    .filter(login -> !is.contains(login.replaceAll(" as [^ ]+", ""))) // whatever roles it has
                    .forEach(login -> changes.breaking(where, "can't be called with " + login + " any more"));
            is.stream()
                    .filter(login -> !was.contains(login))
                    .forEach(login -> changes.harmless(where, "can be called with " + login + " too"));
        }
    }

    /** What is enough to call an operation, each in words; none if anybody may. */
    private static Set<String> logins(Map<String, Object> operation) {
        List<Object> alternatives = Json.list(operation, "security");
        if (alternatives.stream().anyMatch(one -> Json.map(one).isEmpty())) {
            return Set.of();
        }
        Set<String> known = alternatives.stream().map(OperationChanges::login).collect(Collectors.toSet());
        return known.isEmpty() && operation.get("x-access") instanceof String text ? Set.of(text.split(" or ")) : known;
    }

    private static String login(Object alternative) {
        return Json.map(alternative).entrySet().stream()
                .map(scheme -> scheme.getKey()
                        + (scheme.getValue() instanceof List<?> roles && !roles.isEmpty()
                                ? " as " + roles.stream().map(String::valueOf).collect(Collectors.joining(" and "))
                                : ""))
                .collect(Collectors.joining(" and "));
    }
}
