package dev.bistro.incidents;

import java.util.List;

/**
 * An incident, and what must happen in it.
 *
 * @param asked what must happen, for the reader
 * @param threads how many threads the server may have; 0 for any number
 * @param jvm options of the server's virtual machine
 * @param settings arguments of the server
 */
record Row(String name, String asked, int threads, List<String> jvm, List<String> settings, Incident incident) {
    /** Brings the incident about. */
    interface Incident {
        Outcome run(Lab lab) throws Exception;
    }

    /** What came of it. */
    record Outcome(boolean met, String figure) {}

    static Row of(String name, String asked, Incident incident, String... options) {
        List<String> all = List.of(options);
        return new Row(
                name,
                asked,
                0,
                all.stream().filter(each -> !each.startsWith("--")).toList(),
                all.stream().filter(each -> each.startsWith("--")).toList(),
                incident);
    }

    Row withThreads(int count) {
        return new Row(name, asked, count, jvm, settings, incident);
    }
}
