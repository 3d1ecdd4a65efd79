package dev.bistro.incidents;

import dev.bistro.incidents.Row.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Brings incidents about, each with a server process of its own, and prints a line for each: whether what must happen
 * happened, the figures, and what was asked. Arguments: the homes of JDKs as {@code --jdk=PATH}, names of rows (all but
 * the soak otherwise), {@code --soak=SECONDS}. The status isn't 0 if one isn't met.
 */
public final class Incidents {
    private static final int SOAK_SECONDS = 300;

    private Incidents() {}

    public static void main(String[] args) throws Exception {
        var homes = new ArrayList<Path>();
        var names = new ArrayList<String>();
        int soakSeconds = SOAK_SECONDS;
        for (String each : args) {
            if (each.startsWith("--jdk=")) {
                homes.add(Path.of(each.substring(6)));
            } else if (each.startsWith("--soak=")) {
                soakSeconds = Integer.parseInt(each.substring(7));
                names.add("soak");
            } else {
                names.add(each);
            }
        }
        if (homes.isEmpty()) {
            homes.add(Path.of(System.getProperty("java.home")));
        }
        List<Row> rows = rows(names);
        int unmet = 0;
        for (Row row : rows) {
            for (Path home : homes) {
                unmet += run(row, home, soakSeconds) ? 0 : 1;
            }
        }
        System.out.printf("%d of %d not met%n", unmet, rows.size() * homes.size());
        System.exit(unmet == 0 ? 0 : 1);
    }

    private static List<Row> rows(List<String> names) {
        var all = new ArrayList<>(MemoryRows.ALL);
        all.addAll(ThreadRows.ALL);
        all.addAll(ConnectionRows.ALL);
        all.addAll(TlsRows.ALL);
        all.add(LongRows.FAULTS_ROW);
        if (names.isEmpty()) {
            return all;
        }
        all.add(LongRows.SOAK_ROW);
        List<String> known = all.stream().map(Row::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(name + " is none of " + known);
            }
        }
        return all.stream().filter(each -> names.contains(each.name())).toList();
    }

    private static boolean run(Row row, Path home, int soakSeconds) throws IOException, InterruptedException {
        int version = version(home);
        if (row.threads() > 0 && !canLimitThreads()) {
            print(row, version, "skipped", "only root can run the server as another user, whose threads are limited");
            return true;
        }
        Outcome outcome;
        Path log = Files.createDirectories(Path.of("framework/benchmarks/target/incidents"))
                .resolve(row.name() + "-" + version + ".log");
        try (var server = new ServerProcess(home, row.threads(), row.jvm(), row.settings(), log);
                var lab = new Lab(server, version, soakSeconds)) {
            outcome = row.incident().run(lab);
        } catch (Exception e) {
            outcome = new Outcome(false, String.valueOf(e.getMessage()));
        }
        print(row, version, outcome.met() ? "ok" : "NOT OK", outcome.figure());
        return outcome.met();
    }

    private static void print(Row row, int version, String verdict, String figure) {
        System.out.printf(
                Locale.ROOT,
                "%-20s JDK %d  %-7s %s  [asked: %s; load %.1f]%n",
                row.name(),
                version,
                verdict,
                figure,
                row.asked(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private static boolean canLimitThreads() {
        return System.getProperty("user.name").equals("root")
                && Files.isExecutable(Path.of("/usr/bin/setpriv"))
                && Files.isExecutable(Path.of("/usr/bin/prlimit"));
    }

    /** The feature version of the JDK, which its file {@code release} says. */
    private static int version(Path home) throws IOException {
        return Files.readAllLines(home.resolve("release")).stream()
                .filter(each -> each.startsWith("JAVA_VERSION="))
                .mapToInt(each -> Integer.parseInt(each.replaceAll("^[^0-9]*([0-9]+).*$", "$1")))
                .findFirst()
                .orElseThrow(() -> new IOException("No version in " + home.resolve("release")));
    }
}
