package dev.bistro.body.json;

import dev.bistro.body.Labels;
import dev.bistro.body.json.StandardValues.ValueWriter;
import dev.bistro.json.generated.JsonInput;
import dev.bistro.json.generated.JsonOutput;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;

/** The constants of one enum: written by their labels, and read by labels or names. */
final class EnumLabels implements ValueWriter {
    private final String[] labels;
    private final Map<String, Enum<?>> constants = new HashMap<>();

    /** Of an enum, or the class of one of its constants. */
    EnumLabels(Class<?> type) {
        Class<?> declared = type.isEnum() ? type : type.getSuperclass();
        Enum<?>[] all = Arrays.stream(declared.getEnumConstants())
                .map(constant -> (Enum<?>) constant)
                .toArray(Enum<?>[]::new);
        labels = Arrays.stream(all).map(Labels::of).toArray(String[]::new);
        var ambiguous = new HashSet<String>();
        for (Enum<?> constant : all) {
            for (String text : new String[] {constant.name(), of(constant)}) {
                Enum<?> other = constants.put(text, constant);
                if (other != null && other != constant) {
                    ambiguous.add(text);
                }
            }
        }
        constants.keySet().removeAll(ambiguous);
    }

    String of(Enum<?> constant) {
        return labels[constant.ordinal()];
    }

    @Override
    public void write(Object value, JsonOutput out) {
        out.write(of((Enum<?>) value));
    }

    Object read(JsonInput in) {
        Enum<?> constant = constants.get(in.readString());
        if (constant == null) {
            throw JsonInput.unusual();
        }
        return constant;
    }
}
