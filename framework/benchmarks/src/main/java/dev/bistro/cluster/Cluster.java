package dev.bistro.cluster;

import dev.bistro.cluster.Tally.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Several instances of an application with one database behind nginx, all on this machine, under a load of reads,
 * writes, long polls, event streams and WebSockets. All instances are restarted one after the other, one is killed, and
 * the store is killed and started again. Then what clients were told is compared with what there is. Ends with the
 * status 1 if a request of the rolling restart failed, or anything is lost, twice or in another order.
 *
 * <p>Arguments: where messages are kept ({@code postgresql} or {@code redis}), and how many rounds of all that (1).
 */
public final class Cluster {
    private static final int INSTANCES = 3;
    private static final long CALM_MILLIS = 8_000;
    private static final long BETWEEN_INSTANCES_MILLIS = 2_000; // longer than nginx leaves one alone
    private static final long AFTER_A_KILL_MILLIS = 3_000;
    private static final long STORE_IS_AWAY_MILLIS = 3_000;
    private static final long CATCH_UP_SECONDS = 60;
    private static final String STEADY = "steady";
    private static final String ROLLING = "rolling restart";
    private static final String KILLED = "one killed";
    private static final String STORE = "store killed";

    private final Tally tally = new Tally();
    private final Stores stores;
    private final Instances instances;
    private final Load load;

    private Cluster(Stores stores, Path folder) throws IOException, InterruptedException {
        this.stores = stores;
        this.instances = Instances.start(INSTANCES, stores.settings(), folder);
        this.load = new Load(new Clients(instances.address(), tally));
    }

    public static void main(String[] args) throws Exception {
        String store = args.length > 0 ? args[0] : "postgresql";
        if (!List.of("postgresql", "redis").contains(store)) {
            throw new IllegalArgumentException("postgresql or redis, and not " + store);
        }
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        Path folder = Files.createTempDirectory("bistro-cluster");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x")); // PostgreSQL has its user
        System.out.println("Logs: " + folder);
        Stores stores = Stores.start(folder, store.equals("redis"));
        List<String> faults = new Cluster(stores, folder).run(rounds);
        faults.forEach(fault -> System.out.println("WRONG: " + fault));
        System.out.println(faults.isEmpty() ? "All is as it must be." : faults.size() + " faults. Logs: " + folder);
        System.exit(faults.isEmpty() ? 0 : 1);
    }

    private List<String> run(int rounds) throws Exception {
        load.start();
        for (int i = 0; i < rounds; i++) {
            begin(STEADY);
            Thread.sleep(CALM_MILLIS);
            begin(ROLLING);
            restartAll();
            begin(KILLED);
            killOne(i % INSTANCES);
            begin(STORE);
            stores.restart(STORE_IS_AWAY_MILLIS);
            Thread.sleep(CALM_MILLIS);
        }
        System.out.println("comparing …");
        load.stop();
        Verdict verdict = judge();
        tally.end();
        System.out.println(tally.table());
        return verdict.faults();
    }

    private void begin(String phase) {
        System.out.println(phase + " …");
        tally.begin(phase);
    }

    private void restartAll() throws IOException, InterruptedException {
        for (ClusterProcess instance : instances.all()) {
            instance.terminate();
            instance.start();
            Thread.sleep(BETWEEN_INSTANCES_MILLIS);
        }
    }

    private void killOne(int index) throws IOException, InterruptedException {
        ClusterProcess instance = instances.all().get(index);
        instance.kill();
        Thread.sleep(AFTER_A_KILL_MILLIS);
        instance.start();
        Thread.sleep(BETWEEN_INSTANCES_MILLIS);
    }

    private Verdict judge() throws Exception {
        var verdict = new Verdict();
        for (String phase : List.of(STEADY, ROLLING)) {
            int bad = tally.count(phase, Outcome.FAILED) + tally.count(phase, Outcome.REFUSED);
            verdict.require(bad == 0, phase + ": " + bad + " requests failed or were refused");
        }
        verdict.compare("writes", load.entries(), entries());
        List<String> all = allMessages();
        List<String> texts =
                all.stream().map(item -> item.substring(item.indexOf(' ') + 1)).toList();
        verdict.compare("messages", load.messages(), texts);
        verdict.order(texts);
        load.followers().forEach(follower -> verdict.follower(follower, all));
        System.out.printf(
                "%,d writes and %,d messages acknowledged; %,d and %,d are there. %d followers. %d requests that nginx"
                        + " gave to another instance.%n%n",
                load.entries().acknowledged().size(),
                load.messages().acknowledged().size(),
                entries().size(),
                all.size(),
                load.followers().size(),
                instances.triedAgain());
        return verdict;
    }

    private List<String> entries() throws SQLException {
        try (var connection = DriverManager.getConnection(stores.url());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select key from entries")) {
            var keys = new ArrayList<String>();
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
            return keys;
        }
    }

    /** What a client is given that comes now, when all the others have as many or have had time enough. */
    private List<String> allMessages() throws InterruptedException {
        var late = new PollFollower("late", new Clients(instances.address(), tally));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CATCH_UP_SECONDS);
        boolean isEven = false;
        while (!isEven && System.nanoTime() < end) {
            int before = late.items().size();
            late.follow(late.place());
            int size = late.items().size();
            isEven = before == size
                    && load.followers().stream().allMatch(each -> each.items().size() >= size);
        }
        return late.items();
    }
}
