package dev.bistro.validation;

import java.util.List;

/**
 * A constraint that isn't met.
 *
 * @param parameter the index of the method's parameter
 * @param path from the parameter to the value: names of properties, keys, and indexes from 0; empty for the parameter
 *     itself
 * @param message what is wrong, for the client to see
 */
public record Violation(int parameter, List<String> path, String message) {}
