package dev.bistro.description;

import java.lang.reflect.Type;
import java.util.Optional;

/**
 * A header field of answers.
 *
 * @param name the field's name
 * @param type the Java type of its value: {@code URI}, {@code List<String>}
 * @param isCertain whether each of these answers has it
 * @param value the same for each answer; empty if the results have it
 */
public record DescribedHeader(String name, Type type, boolean isCertain, Optional<String> value) {}
