package dev.bistro.house;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ClassInfo;
import io.github.classgraph.ScanResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What compiled classes use, held against the plan of the house. */
final class ClassEdges {
    private ClassEdges() {}

    static List<String> faults(Path classes) {
        var faults = new ArrayList<String>();
        try (ScanResult scan = new ClassGraph()
                .overrideClasspath(classes)
                .enableInterClassDependencies()
                .enableExternalClasses()
                .scan()) {
            for (ClassInfo user : scan.getAllClasses()) {
                if (Rooms.of(user.getName()).isPresent()) {
                    user.getClassDependencies()
                            .forEach(used ->
                                    Rooms.fault(user.getName(), used.getName()).ifPresent(faults::add));
                }
            }
        }
        return faults;
    }
}
