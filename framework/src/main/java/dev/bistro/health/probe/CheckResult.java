package dev.bistro.health.probe;

import dev.bistro.health.Health;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a check has found, with its name. */
record CheckResult(String name, Health health) {
    static CheckResult down(String name, String reason) {
        return new CheckResult(name, Health.down(reason));
    }

    /** As it is written in JSON. */
    Map<String, Object> members() {
        var members = new LinkedHashMap<String, Object>();
        members.put("name", name);
        members.put("status", HealthReport.word(health.isUp()));
        if (!health.details().isEmpty()) {
            members.put("details", health.details());
        }
        return members;
    }
}
