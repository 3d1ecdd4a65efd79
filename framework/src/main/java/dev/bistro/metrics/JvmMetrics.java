package dev.bistro.metrics;

import dev.bistro.metrics.MetricFamily.Kind;
import dev.bistro.metrics.MetricFamily.Sample;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryUsage;
import java.lang.management.RuntimeMXBean;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the JVM tells of itself, with the names that Prometheus' own library for Java gives it, so that what is made for
 * these reads ours.
 */
public final class JvmMetrics {
    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private JvmMetrics() {}

    /** The figures of this moment. */
    public static List<MetricFamily> families() {
        var families = new ArrayList<MetricFamily>();
        addMemory(families);
        addThreads(families);
        addCollections(families);
        addProcess(families);
        return families;
    }

    private static void addMemory(List<MetricFamily> families) {
        families.add(memory("jvm_memory_used_bytes", "Memory that is used.", MemoryUsage::getUsed));
        families.add(
                memory("jvm_memory_committed_bytes", "Memory that the system has given.", MemoryUsage::getCommitted));
        families.add(memory("jvm_memory_max_bytes", "Memory that there can be; -1 for any.", MemoryUsage::getMax));
    }

    private static MetricFamily memory(String name, String help, ToLongFunction<MemoryUsage> figure) {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        return MetricFamily.gauge(
                name,
                help,
                MetricFamily.value("area", "heap", figure.applyAsLong(memory.getHeapMemoryUsage())),
                MetricFamily.value("area", "nonheap", figure.applyAsLong(memory.getNonHeapMemoryUsage())));
    }

    private static void addThreads(List<MetricFamily> families) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        families.add(MetricFamily.gauge(
                "jvm_threads_current", "Platform threads.", MetricFamily.value(threads.getThreadCount())));
        families.add(MetricFamily.gauge(
                "jvm_threads_daemon", "Daemon threads.", MetricFamily.value(threads.getDaemonThreadCount())));
    }

    private static void addCollections(List<MetricFamily> families) {
        var samples = new ArrayList<Sample>();
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            Labels labels = Labels.of("gc", collector.getName());
            samples.add(new Sample("_count", labels, Math.max(0, collector.getCollectionCount())));
            samples.add(new Sample("_sum", labels, Math.max(0, collector.getCollectionTime()) / MILLIS));
        }
        families.add(new MetricFamily(
                "jvm_gc_collection_seconds", Kind.SUMMARY, "seconds", "Collections of garbage.", samples));
    }

    private static void addProcess(List<MetricFamily> families) {
        RuntimeMXBean runtime = ManagementFactory.getRuntimeMXBean();
        families.add(MetricFamily.gauge(
                "process_start_time_seconds",
                "When the process began, since 1970.",
                MetricFamily.value(runtime.getStartTime() / MILLIS)));
        families.add(MetricFamily.gauge(
                "process_uptime_seconds",
                "For how long it has been running.",
                MetricFamily.value(runtime.getUptime() / MILLIS)));
        ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(Duration::toNanos)
                .ifPresent(nanos -> families.add(MetricFamily.counter(
                        "process_cpu_seconds",
                        "Time of the processors that it has used.",
                        MetricFamily.total(nanos / NANOS))));
    }
}
