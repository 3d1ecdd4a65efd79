package dev.bistro.health.probe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What all checks have found, in their order. */
record HealthReport(List<CheckResult> results) {
    boolean isUp() {
        return results.stream().allMatch(result -> result.health().isUp());
    }

    static String word(boolean isUp) {
        return isUp ? "UP" : "DOWN";
    }

    /** As it is written in JSON. */
    Map<String, Object> members(boolean withDetails) {
        var members = new LinkedHashMap<String, Object>();
        members.put("status", word(isUp()));
        if (withDetails) {
            members.put("checks", results.stream().map(CheckResult::members).toList());
        }
        return members;
    }
}
